package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"diwan/faults/disk"
)

func TestACutKeepsWhatWasFlushedAndLosesTheRest(t *testing.T) {
	if why := disk.Missing(); why != "" {
		t.Skip("not run: " + why)
	}
	d, err := disk.New(t.TempDir(), 64)
	if err != nil {
		t.Skip("not run: " + err.Error())
	}
	t.Cleanup(func() {
		if err := d.Unmount(); err != nil {
			t.Error(err)
		}
	})
	write := func(name string, flush bool) {
		f, err := os.Create(filepath.Join(d.Path(), name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString("a fact"); err != nil {
			t.Fatal(err)
		}
		if flush {
			if err := f.Sync(); err != nil {
				t.Fatal(err)
			}
		}
	}
	write("flushed", true)
	write("unflushed", false)
	if err := d.Cut(); err != nil {
		t.Fatal(err)
	}
	if err := d.Unmount(); err != nil {
		t.Fatal(err)
	}
	if err := d.Mount(); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(d.Path(), "flushed")); err != nil || string(b) != "a fact" {
		t.Errorf("the flushed file holds %q (%v)", b, err)
	}
	if _, err := os.Stat(filepath.Join(d.Path(), "unflushed")); err == nil {
		t.Error("the unflushed file survived: the cut proves nothing")
	}
}
