// Verifier holds the folder of a transparency log (C2SP tlog-tiles) to its
// checkpoint, by the notes and trees of golang.org/x/mod and nothing of the
// log's writer.
//
//	verifier --vkey KEY --dir FOLDER [--old CHECKPOINT]... [--entry INDEX FILE]... [--witness KEY]...
//
// It ends with 0 for a log that is sound, and otherwise with 1 and one line
// that says why. Every --old must be a checkpoint that the log continues, every
// --entry the content at its place, and every --witness must have cosigned.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	fullWidth  = 256
	tileHeight = 8
	hashSize   = tlog.HashSize
	algCosign  = 4
)

type question struct {
	vkey, dir      string
	old, witnesses []string
	entries        []entry
}

type entry struct {
	index int64
	file  string
}

type checkpoint struct {
	size int64
	root tlog.Hash
}

func main() {
	asked, err := parse(os.Args[1:])
	if err == nil {
		var found checkpoint
		if found, err = verify(asked); err == nil {
			fmt.Printf("accepted: %d entries, root %s\n", found.size, found.root)
			return
		}
	}
	fmt.Println("refused:", err)
	os.Exit(1)
}

func parse(args []string) (asked question, err error) {
	for len(args) > 1 {
		name, value := args[0], args[1]
		args = args[2:]
		switch name {
		case "--vkey":
			asked.vkey = value
		case "--dir":
			asked.dir = value
		case "--old":
			asked.old = append(asked.old, value)
		case "--witness":
			asked.witnesses = append(asked.witnesses, value)
		case "--entry":
			index, err := strconv.ParseInt(value, 10, 64)
			if err != nil || len(args) == 0 {
				return asked, errors.New("--entry takes an index and a file")
			}
			asked.entries = append(asked.entries, entry{index, args[0]})
			args = args[1:]
		default:
			return asked, fmt.Errorf("%s is not known", name)
		}
	}
	if len(args) > 0 || asked.vkey == "" || asked.dir == "" {
		return asked, errors.New("--vkey KEY --dir FOLDER are needed")
	}
	return asked, nil
}

func verify(asked question) (found checkpoint, err error) {
	key, err := note.NewVerifier(asked.vkey)
	if err != nil {
		return found, err
	}
	signed, err := os.ReadFile(filepath.Join(asked.dir, "checkpoint"))
	if err != nil {
		return found, err
	}
	if found, err = openCheckpoint(signed, key); err != nil {
		return found, err
	}
	for _, witness := range asked.witnesses {
		if err := checkCosignature(signed, witness); err != nil {
			return found, err
		}
	}
	// A checkpoint may claim any size: what is not in the folder ends this soon.
	tree, err := readTree(asked.dir, found.size)
	if err != nil {
		return found, err
	}
	if err := checkTiles(asked.dir, found.size, tree); err != nil {
		return found, err
	}
	if err := checkRoot(tree, found); err != nil {
		return found, err
	}
	if err := checkOthers(asked.dir, found.size); err != nil {
		return found, err
	}
	for _, old := range asked.old {
		if err := checkOld(tree, found, old, key); err != nil {
			return found, err
		}
	}
	for _, one := range asked.entries {
		if err := checkEntry(tree, found, one); err != nil {
			return found, err
		}
	}
	return found, nil
}

func openCheckpoint(signed []byte, key note.Verifier) (found checkpoint, err error) {
	opened, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return found, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[len(lines)-1] != "" {
		return found, errors.New("the checkpoint has not three lines")
	}
	if lines[0] != key.Name() {
		return found, fmt.Errorf("the checkpoint is of %s, not of %s", lines[0], key.Name())
	}
	if found.size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || found.size < 0 || strconv.FormatInt(found.size, 10) != lines[1] {
		return found, fmt.Errorf("%q is no size", lines[1])
	}
	if found.root, err = tlog.ParseHash(lines[2]); err != nil {
		return found, err
	}
	for _, extension := range lines[3 : len(lines)-1] {
		if extension == "" {
			return found, errors.New("the checkpoint has an empty line")
		}
	}
	return found, nil
}

// cosigner is an Ed25519 cosignature key (C2SP tlog-cosignature).
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	cosigned := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(cosigned), sig[8:])
}

func checkCosignature(signed []byte, vkey string) error {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return errors.New("the witness's key is none")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != algCosign {
		return errors.New("the witness's key is no Ed25519 cosignature key")
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(id[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return errors.New("the witness's key has another ID")
	}
	if _, err := note.Open(signed, note.VerifierList(cosigner{parts[0], hash, key[1:]})); err != nil {
		return fmt.Errorf("%s has not cosigned: %w", parts[0], err)
	}
	return nil
}

func tilePath(level string, index int64, width int) string {
	path := fmt.Sprintf("%03d", index%1000)
	for index /= 1000; index > 0; index /= 1000 {
		path = fmt.Sprintf("x%03d/%s", index%1000, path)
	}
	if width < fullWidth {
		path += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", level, filepath.FromSlash(path))
}

// readTile reads a tile or bundle, of which the full one serves where the
// partial one is gone; full says which it was.
func readTile(dir, level string, index int64, width int) (data []byte, full bool, err error) {
	data, err = os.ReadFile(filepath.Join(dir, tilePath(level, index, width)))
	if errors.Is(err, os.ErrNotExist) && width < fullWidth {
		if data, err := os.ReadFile(filepath.Join(dir, tilePath(level, index, fullWidth))); err == nil {
			return data, true, nil
		}
	}
	return data, width == fullWidth, err
}

func splitBundle(data []byte, want int) (entries [][]byte, err error) {
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("an entry is cut off")
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	if len(entries) != want {
		return nil, fmt.Errorf("%d entries, not %d", len(entries), want)
	}
	return entries, nil
}

func widthOf(count, index int64) int {
	if rest := count - index*fullWidth; rest < fullWidth {
		return int(rest)
	}
	return fullWidth
}

// readTree hashes every entry, and gives the tree's hashes in the order of
// tlog.StoredHashIndex.
func readTree(dir string, size int64) (tlog.HashReader, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			if index >= int64(len(stored)) {
				return nil, errors.New("the tree has no such hash")
			}
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for index := int64(0); index*fullWidth < size; index++ {
		width := widthOf(size, index)
		data, full, err := readTile(dir, "entries", index, width)
		if err != nil {
			return nil, err
		}
		want := width
		if full {
			want = fullWidth
		}
		entries, err := splitBundle(data, want)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", tilePath("entries", index, width), err)
		}
		for at, content := range entries[:width] {
			hashes, err := tlog.StoredHashes(index*fullWidth+int64(at), content, reader)
			if err != nil {
				return nil, err
			}
			stored = append(stored, hashes...)
		}
	}
	return reader, nil
}

func checkTiles(dir string, size int64, tree tlog.HashReader) error {
	for level, count := 0, size; count > 0; level, count = level+1, count/fullWidth {
		for index := int64(0); index*fullWidth < count; index++ {
			width := widthOf(count, index)
			path := tilePath(strconv.Itoa(level), index, width)
			data, full, err := readTile(dir, strconv.Itoa(level), index, width)
			if err != nil {
				return err
			}
			if full && len(data) != fullWidth*hashSize || !full && len(data) != width*hashSize {
				return fmt.Errorf("%s has %d bytes", path, len(data))
			}
			var indexes []int64
			for at := 0; at < width; at++ {
				indexes = append(indexes, tlog.StoredHashIndex(level*tileHeight, index*fullWidth+int64(at)))
			}
			hashes, err := tree.ReadHashes(indexes)
			if err != nil {
				return err
			}
			for at, hash := range hashes {
				if !bytes.Equal(hash[:], data[at*hashSize:(at+1)*hashSize]) {
					return fmt.Errorf("%s: hash %d is not that of the entries", path, at)
				}
			}
		}
	}
	return nil
}

func rootOf(tree tlog.HashReader, size int64) (tlog.Hash, error) {
	// x/mod has another root for the tree without entries than RFC 6962.
	if size == 0 {
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(size, tree)
}

func checkRoot(tree tlog.HashReader, found checkpoint) error {
	root, err := rootOf(tree, found.size)
	if err == nil && root != found.root {
		err = fmt.Errorf("the entries make the root %s, not %s", root, found.root)
	}
	return err
}

func checkOld(tree tlog.HashReader, found checkpoint, file string, key note.Verifier) error {
	signed, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	old, err := openCheckpoint(signed, key)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if old.size > found.size {
		return fmt.Errorf("rolled back from %d to %d entries", old.size, found.size)
	}
	if old.size == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(found.size, old.size, tree)
	if err == nil {
		err = tlog.CheckTree(proof, found.size, found.root, old.size, old.root)
	}
	if err != nil {
		return fmt.Errorf("the log does not continue its checkpoint of %d entries: %w", old.size, err)
	}
	return nil
}

func checkEntry(tree tlog.HashReader, found checkpoint, asked entry) error {
	content, err := os.ReadFile(asked.file)
	if err != nil {
		return err
	}
	if asked.index < 0 || asked.index >= found.size {
		return fmt.Errorf("there is no entry %d", asked.index)
	}
	proof, err := tlog.ProveRecord(found.size, asked.index, tree)
	if err == nil {
		err = tlog.CheckRecord(proof, found.size, found.root, asked.index, tlog.RecordHash(content))
	}
	if err != nil {
		return fmt.Errorf("entry %d is another: %w", asked.index, err)
	}
	return nil
}

var tileName = regexp.MustCompile(`^tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?$`)

// checkOthers looks at what the tree did not need: partial tiles of earlier
// sizes, which the newest begin with, and files that are no tiles.
func checkOthers(dir string, size int64) error {
	root := filepath.Join(dir, "tile")
	if _, err := os.Stat(root); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		return checkOther(dir, filepath.ToSlash(name), size)
	})
}

func checkOther(dir, name string, size int64) error {
	parts := tileName.FindStringSubmatch(name)
	if parts == nil {
		return fmt.Errorf("%s is no tile", name)
	}
	width := fullWidth
	if parts[3] != "" {
		width, _ = strconv.Atoi(parts[3])
	}
	index, err := strconv.ParseInt(strings.NewReplacer("x", "", "/", "").Replace(parts[2]), 10, 64)
	if err != nil || filepath.ToSlash(tilePath(parts[1], index, width)) != name {
		return fmt.Errorf("%s is no tile", name)
	}
	count := size
	if level, err := strconv.Atoi(parts[1]); err == nil {
		count = size >> (tileHeight * level)
	}
	newest := widthOf(count, index)
	if width >= newest {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	whole, _, err := readTile(dir, parts[1], index, newest)
	if err != nil {
		return err
	}
	if parts[1] == "entries" {
		if _, err := splitBundle(data, width); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	} else if len(data) != width*hashSize {
		return fmt.Errorf("%s has %d bytes", name, len(data))
	}
	if !bytes.HasPrefix(whole, data) {
		return fmt.Errorf("%s is not the beginning of the newest one", name)
	}
	return nil
}
