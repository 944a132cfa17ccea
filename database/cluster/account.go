package cluster

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the unprivileged user the server runs as when Diwan runs as root; PostgreSQL refuses
// to run as root. A nil account means the process's own user.
type account struct {
	name    string
	userID  int
	groupID int
}

// candidates in order: the package's own user comes with PostgreSQL, nobody with every system.
var candidates = []string{"diwan", "postgres", "nobody"}

func unprivileged() (*account, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range candidates {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(u.Uid)
		gid, gidErr := strconv.Atoi(u.Gid)
		if uidErr == nil && gidErr == nil && uid != 0 {
			return &account{name, uid, gid}, nil
		}
	}
	return nil, fmt.Errorf("PostgreSQL does not run as root, and none of the users %v exists: create one with: useradd --system diwan", candidates)
}

func (a *account) uid() int {
	if a == nil {
		return os.Getuid()
	}
	return a.userID
}

// own gives a path to the account.
func (a *account) own(path string) error {
	if a == nil {
		return nil
	}
	if err := os.Chown(path, a.userID, a.groupID); err != nil {
		return fmt.Errorf("give %s to user %s: %w", path, a.name, err)
	}
	return nil
}

// drop makes the command run as the account, in a process group of its own so that a key pressed in
// the terminal does not reach it.
func (a *account) drop(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if a != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.userID), Gid: uint32(a.groupID)}
		cmd.Env = append(os.Environ(), "HOME=/nonexistent", "USER="+a.name, "LOGNAME="+a.name)
	}
}

// canEnter tells in words why the account could not reach dir.
func (a *account) canEnter(dir string) error {
	if a == nil {
		return nil
	}
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return fmt.Errorf("look at %s: %w", at, err)
		}
		stat, known := info.Sys().(*syscall.Stat_t)
		if !known {
			return errors.New("the system does not tell who owns a directory")
		}
		bit := os.FileMode(0o001)
		switch {
		case int(stat.Uid) == a.userID:
			bit = 0o100
		case int(stat.Gid) == a.groupID:
			bit = 0o010
		}
		if info.Mode()&bit == 0 {
			return fmt.Errorf("the user %s, as whom PostgreSQL runs, may not enter %s: choose another folder with DIWAN_HOME, or allow it with: chmod o+x %q", a.name, at, at)
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}
