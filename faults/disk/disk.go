// Package disk gives a test a small disk of its own that can lose power or run full: an ext4 image on
// a loop device. Everything that was not flushed is gone after a cut.
package disk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Disk is a mounted image.
type Disk struct{ image, mount string }

// Missing says why this machine cannot give a disk, or "" when it can.
func Missing() string {
	if os.Geteuid() != 0 {
		return "mounting a loop device needs root"
	}
	for _, tool := range []string{"mkfs.ext4", "mount", "umount"} {
		if _, err := exec.LookPath(tool); err != nil {
			return tool + " is not installed"
		}
	}
	if _, err := os.Stat("/dev/loop-control"); err != nil {
		return "the kernel has no loop devices"
	}
	return ""
}

// New makes and mounts a disk of so many megabytes under dir.
func New(dir string, megabytes int64) (*Disk, error) {
	d := &Disk{image: filepath.Join(dir, "disk.img"), mount: filepath.Join(dir, "disk")}
	f, err := os.Create(d.image)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(f.Truncate(megabytes<<20), f.Close()); err != nil {
		return nil, fmt.Errorf("make the image: %w", err)
	}
	if err := os.MkdirAll(d.mount, 0o755); err != nil {
		return nil, err
	}
	if err := run("mkfs.ext4", "-q", "-F", d.image); err != nil {
		return nil, err
	}
	return d, d.Mount()
}

// Path is where the disk is mounted.
func (d *Disk) Path() string { return d.mount }

// Mount mounts the disk, replaying its journal after a cut.
func (d *Disk) Mount() error { return run("mount", "-o", "loop", d.image, d.mount) }

// Unmount lets go of the disk; a cut one too. Processes that still hold it are the caller's to end.
func (d *Disk) Unmount() error { return run("umount", d.mount) }

// Sync flushes all of it, so that a later cut loses only what came after.
func (d *Disk) Sync() error {
	f, err := os.Open(d.mount)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}

const (
	ext4Shutdown = 0x8004587d // _IOR('X', 125, __u32), the kernel's own tests use it
	noLogFlush   = uint32(2)  // nothing is written any more, the journal neither
)

// Cut takes the power: unflushed data is gone and every later write fails until the disk is mounted anew.
func (d *Disk) Cut() error {
	f, err := os.Open(d.mount)
	if err != nil {
		return err
	}
	defer f.Close()
	flag := noLogFlush
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, f.Fd(), ext4Shutdown, uintptr(unsafe.Pointer(&flag))); errno != 0 {
		return fmt.Errorf("shut the filesystem down: %w", errno)
	}
	return nil
}

func run(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}
