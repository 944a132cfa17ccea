package eventstore

// memoryLog is one memory backend that several stores may be opened on.
type memoryLog struct{ log backend }

func NewMemoryLog() *memoryLog { return &memoryLog{newMemory()} }

func (m *memoryLog) Open(all ...Category) (Store, error) { return newStore(m.log, all) }
