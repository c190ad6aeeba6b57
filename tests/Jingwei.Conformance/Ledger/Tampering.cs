using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;

namespace Jingwei.Conformance.Ledger;

/// <summary>What someone who can write to a log's folder, or even has its key, may do to it.</summary>
internal static class Tampering
{
    // Of HonestLog.Entry, with the length before it.
    private const int Row = 16;
    private const int Hash = 32;

    public static IReadOnlyDictionary<string, Action<TamperedLog>> Kinds { get; } = new Dictionary<string, Action<TamperedLog>>
    {
        ["a row changed"] = log => log.FlipBit("tile/entries/100", (Row * 77) + 9),
        ["a row changed in the newest bundle"] = log => log.FlipBit("tile/entries/257.p/208", (Row * 207) + 9),
        ["two rows of a bundle swapped"] = log => log.Change("tile/entries/010", bundle => [.. bundle[Row..(2 * Row)], .. bundle[..Row], .. bundle[(2 * Row)..]]),
        ["two bundles swapped"] = log => log.Swap("tile/entries/010", "tile/entries/011"),
        ["two bundles swapped with their hashes"] = log =>
        {
            log.Swap("tile/entries/010", "tile/entries/011");
            log.Swap("tile/0/010", "tile/0/011");
        },
        ["an entry inserted"] = log => log.Change("tile/entries/010", bundle => [.. bundle[..Row], 0, 1, 65, .. bundle[Row..]]),
        ["an entry removed"] = log => log.Change("tile/entries/010", bundle => [.. bundle[..Row], .. bundle[(2 * Row)..]]),
        ["an entry in another's place"] = log => log.Change("tile/entries/010", bundle => [.. bundle[..Row], .. bundle[..Row], .. bundle[(2 * Row)..]]),
        ["the last entry twice"] = log => log.Change("tile/entries/257.p/208", bundle => [.. bundle, .. bundle[^Row..]]),
        ["the last entry removed"] = log => log.Change("tile/entries/257.p/208", bundle => bundle[..^Row]),
        ["a bundle cut within an entry"] = log => log.Change("tile/entries/256", bundle => bundle[..^3]),
        ["a bundle emptied"] = log => log.Write("tile/entries/003", []),
        ["the length of an entry changed"] = log => log.FlipBit("tile/entries/010", (Row * 5) + 1),
        ["bytes moved between two entries"] = log => log.Change("tile/entries/010", bundle =>
        {
            // The first entry takes a byte of the second one's: both lengths still add up.
            var first = new byte[] { 0, Row - 1 }.Concat(bundle[2..Row]).Append(bundle[Row + 2]);
            var second = new byte[] { 0, Row - 3 }.Concat(bundle[(Row + 3)..(2 * Row)]);
            return [.. first, .. second, .. bundle[(2 * Row)..]];
        }),
        ["extra bytes behind a bundle"] = log => log.Change("tile/entries/257.p/208", bundle => [.. bundle, 0]),
        ["a hash tile cut within a hash"] = log => log.Change("tile/0/100", tile => tile[..^5]),
        ["a hash tile cut by a hash"] = log => log.Change("tile/0/257.p/208", tile => tile[..^Hash]),
        ["extra bytes behind a hash tile"] = log => log.Change("tile/0/100", tile => [.. tile, .. tile[..Hash]]),
        ["a bit flipped in a full tile of level 0"] = log => log.FlipBit("tile/0/100", 4000),
        ["a bit flipped in the partial tile of level 0"] = log => log.FlipBit("tile/0/257.p/208", 1),
        ["a bit flipped in a full tile of level 1"] = log => log.FlipBit("tile/1/000", 8191),
        ["a bit flipped in the partial tile of level 1"] = log => log.FlipBit("tile/1/001.p/1", 31),
        ["a bit flipped in the tile of level 2"] = log => log.FlipBit("tile/2/000.p/1", 0),
        ["a row and its hash changed"] = log =>
        {
            log.FlipBit("tile/entries/100", 9);
            var changed = MerkleHash.Leaf(log.Read("tile/entries/100").AsSpan(2, Row - 2));
            log.Change("tile/0/100", tile => [.. changed.ToArray(), .. tile[Hash..]]);
        },
        ["a row and all hashes above it changed"] = log => log.Fork(index => HonestLog.Entry(index == 77 ? 1 : index), HonestLog.Size),
        ["two hash tiles swapped"] = log => log.Swap("tile/0/100", "tile/0/101"),
        ["a bundle missing"] = log => log.Delete("tile/entries/100"),
        ["the newest bundle missing"] = log => log.Delete("tile/entries/257.p/208"),
        ["a hash tile of level 0 missing"] = log => log.Delete("tile/0/100"),
        ["a hash tile of level 1 missing"] = log => log.Delete("tile/1/000"),
        ["a hash tile of level 2 missing"] = log => log.Delete("tile/2/000.p/1"),
        ["the checkpoint missing"] = log => log.Delete("checkpoint"),
        ["the checkpoint empty"] = log => log.Write("checkpoint", []),
        ["the partial tile of an older size in the newest one's place"] = log => log.Write("tile/0/257.p/208", log.Read("tile/0/257.p/8")),
        ["an older partial tile changed"] = log => log.FlipBit("tile/0/257.p/8", 3),
        ["an older partial bundle changed"] = log => log.FlipBit("tile/entries/257.p/8", 9),
        ["a file that is no tile"] = log => log.Write("tile/0/100.bak", [1]),
        ["a tile under a path with a zero too many"] = log => log.Write("tile/0/x000/100", log.Read("tile/0/100")),
        ["history forked with the right key"] = log => log.Fork(index => HonestLog.Entry(index + 1), HonestLog.Size),
        ["history forked behind the first checkpoint"] = log => log.Fork(index => HonestLog.Entry(index < HonestLog.FirstSize ? index : index + 1), HonestLog.FirstSize, HonestLog.Size),
        ["history forked and longer"] = log => log.Fork(index => HonestLog.Entry(index == 0 ? 1 : index), HonestLog.Size + 500),
        ["the whole log rolled back"] = log => log.Fork(HonestLog.Entry, HonestLog.FirstSize),
        ["an older checkpoint with the newest tiles"] = log => log.Write("checkpoint", log.Honest.First),
        ["the newest entries taken back"] = log => log.SignAnew(HonestLog.Origin, HonestLog.SecondSize - 1, SecondRoot(log)),
        ["signed by another key of the same name"] = log =>
            log.SignAnew(HonestLog.Origin, HonestLog.Size, log.Newest.Root, NoteSigner.Generate(HonestLog.Origin, SignatureType.Ed25519)),
        ["another origin signed by the right key"] = log => log.SignAnew("example.com/other", HonestLog.Size, log.Newest.Root),
        ["the origin changed under the signature"] = log => log.ChangeText(text => text.Replace("example.com/log\n", "example.com/lag\n", StringComparison.Ordinal)),
        ["the size changed under the signature"] = log => log.ChangeText(text => text.Replace("\n66000\n", "\n66001\n", StringComparison.Ordinal)),
        ["the size raised by the right key"] = log => log.SignAnew(HonestLog.Origin, HonestLog.Size + 1, log.Newest.Root),
        ["the size lowered by the right key"] = log => log.SignAnew(HonestLog.Origin, HonestLog.Size - 1, log.Newest.Root),
        ["a size beyond all bounds by the right key"] = log => log.SignAnew(HonestLog.Origin, long.MaxValue, log.Newest.Root),
        ["the root changed under the signature"] = log => log.ChangeText(text => text.Replace(log.Newest.Root.ToString(), MerkleHash.Empty.ToString(), StringComparison.Ordinal)),
        ["the root changed by the right key"] = log => log.SignAnew(HonestLog.Origin, HonestLog.Size, MerkleHash.Empty),
        ["a line added under the signature"] = log => log.ChangeText(text => text.Replace("\n\n", "\nextension\n\n", StringComparison.Ordinal)),
        ["a bit of the signature flipped"] = log => ChangeSignature(log, HonestLog.Origin, value => value[20] ^= 1),
        ["the signature removed"] = log => ChangeNote(log, note => note with { Signatures = [.. note.Signatures.Where(line => line.Name != HonestLog.Origin)] }),
        ["the signature of an older checkpoint"] = log => ChangeNote(log, note => note with
        {
            Signatures = [CheckpointNote.Read(log.Honest.Second).Require().Note.Signatures[0], log.Honest.Cosigned],
        }),
        ["a cosignature by an unknown witness in the known one's place"] = log => ChangeNote(log, note => note with
        {
            Signatures = [note.Signatures[0], NoteSigner.Generate("example.com/witness", SignatureType.Ed25519Cosignature).Sign(note.Text.Span, HonestLog.Time)],
        }),
        ["the cosignature removed"] = log => ChangeNote(log, note => note with { Signatures = [note.Signatures[0]] }),
        ["the cosignature of an older checkpoint"] = log => ChangeNote(log, note => note with { Signatures = [note.Signatures[0], log.Honest.SecondCosigned] }),
        ["the time of the cosignature changed"] = log => ChangeSignature(log, "example.com/witness", value => value[7] ^= 1),
        ["a bit of the cosignature flipped"] = log => ChangeSignature(log, "example.com/witness", value => value[^1] ^= 1),
    };

    private static MerkleHash SecondRoot(TamperedLog log) => CheckpointNote.Read(log.Honest.Second).Require().Checkpoint.Root;

    private static void ChangeNote(TamperedLog log, Func<SignedNote, SignedNote> change) =>
        log.Change("checkpoint", bytes => change(SignedNote.Read(bytes).Require()).ToBytes());

    private static void ChangeSignature(TamperedLog log, string name, Action<byte[]> change) => ChangeNote(log, note =>
    {
        change(note.Signatures.Single(line => line.Name == name).Value);
        return note;
    });
}
