package directory

import (
	"errors"
	"strconv"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

func isNoRow(err error) bool { return errors.Is(err, pgx.ErrNoRows) }

// numbered reads the arguments of a list whose sort key is one number.
func numbered(first int, after *string) (p kernel.Page, n int64, err error) {
	if p, err = kernel.NewPage(first, after, 1); err != nil || p.After == nil {
		return p, 0, err
	}
	if n, err = strconv.ParseInt(p.After[0], 10, 64); err != nil {
		err = kernel.Problem{Code: "cursor", Path: "after", Message: kernel.Text{
			Ar: "علامة الصفحة ليست من هذه القائمة.", En: "The cursor does not come from this list.",
		}}
	}
	return p, n, err
}

// paged is one page of a list that stands in memory in the order of its keys; key is unique and
// grows along the list.
func paged[T any](all []T, first int, after *string, keys int, key func(*T) []string) (*kernel.Connection[T], error) {
	p, err := kernel.NewPage(first, after, keys)
	if err != nil {
		return nil, err
	}
	from := 0
	for p.After != nil && from < len(all) && !beyond(key(&all[from]), p.After) {
		from++
	}
	return kernel.NewConnection(p, all[from:min(len(all), from+p.First+1)], key), nil
}

// beyond tells whether a key comes after a cursor's.
func beyond(key, cursor []string) bool {
	for i := range key {
		if key[i] != cursor[i] {
			return key[i] > cursor[i]
		}
	}
	return false
}
