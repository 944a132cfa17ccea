import { useEffect, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { JobFileDocument, JobsDocument, type JobRowFragment } from '../generated/graph';

const began = 'diwan:job';
const shown = 10;

/** Tells the tray that a job began; `fetch` brings its file as soon as it is there. */
export function jobBegan(id: string, fetch: boolean): void {
  if (fetch) sessionStorage.setItem(`diwan.job.${id}`, 'fetch');
  dispatchEvent(new CustomEvent(began));
}

/** Whether a job's file is still to be brought; asked once. */
export function toBring(id: string): boolean {
  const key = `diwan.job.${id}`;
  const wanted = sessionStorage.getItem(key) === 'fetch';
  if (wanted) sessionStorage.removeItem(key);
  return wanted;
}

export const underWay = (job: JobRowFragment): boolean => job.status === 'WAITING' || job.status === 'RUNNING';

/** One's own newest jobs: read when a page is opened, when a job begins, and while one is under way. */
export function useJobs(): { jobs: readonly JobRowFragment[]; read: () => void; began: number } {
  const [{ data }, ask] = useQuery({ query: JobsDocument, variables: { first: shown, after: null } });
  const [beginnings, setBeginnings] = useState(0);
  const jobs = data?.jobs.nodes ?? [];
  const going = jobs.some(underWay);
  useEffect(() => {
    const read = () => {
      setBeginnings((before) => before + 1);
      ask({ requestPolicy: 'network-only' });
    };
    addEventListener(began, read);
    return () => removeEventListener(began, read);
  }, [ask]);
  useEffect(() => {
    if (!going) return;
    const clock = setInterval(() => ask({ requestPolicy: 'network-only' }), 1000);
    return () => clearInterval(clock);
  }, [going, ask]);
  return { jobs, read: () => ask({ requestPolicy: 'network-only' }), began: beginnings };
}

/** Brings the file of a job to the person's folder; its address is asked for anew, because it is short-lived. */
export function useBring(): (id: string) => Promise<void> {
  const client = useClient();
  return async (id) => {
    const answer = await client.query(JobFileDocument, { id }, { requestPolicy: 'network-only' }).toPromise();
    const file = answer.data?.job?.file;
    if (!file) return;
    const link = document.createElement('a');
    link.href = file.url;
    link.download = file.name;
    link.click();
  };
}
