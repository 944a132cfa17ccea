/** The office's clock: days and hours are shown as they were there, wherever the machine stands. */
export const officeZone = 'Asia/Amman';
