using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Ledger;
using Jingwei.Ledger.Notes;

namespace Jingwei.Tests.Ledger.Notes;

public sealed class NoteTests
{
    private static readonly NoteSigner Alice = NoteSigner.Generate("example.com/alice", SignatureType.Ed25519);
    private static readonly NoteSigner Bob = NoteSigner.Generate("example.com/bob", SignatureType.Ed25519);
    private static readonly ManualTime Time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_text_with_empty_lines_and_beyond_ascii_is_signed_and_comes_back()
    {
        var note = SignedNote.Sign("经纬\n\n\nè subito sera.\n"u8, Time, Alice, Bob);
        var read = SignedNote.Read(note.ToBytes()).Require();
        Assert.Equal("经纬\n\n\nè subito sera.\n", Encoding.UTF8.GetString(read.Text.Span));
        Assert.Equal(["example.com/alice", "example.com/bob"], read.Verify(Alice.Verifier, Bob.Verifier).Require().Select(one => one.Name));
        Assert.Equal(note.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void Signatures_by_strangers_are_passed_over_even_with_a_known_name_or_id()
    {
        var stranger = NoteSigner.Generate(Alice.Verifier.Name, SignatureType.Ed25519);
        var note = SignedNote.Sign("text\n"u8, Time, stranger, Alice, Bob);
        // The ID of a known key under another name.
        note = note.With([note.Signatures[1] with { Name = "example.com/other" }]);
        Assert.Equal([Alice.Verifier.KeyId], note.Verify(Alice.Verifier).Require().Select(one => one.KeyId));
        Assert.Equal(LedgerProblemCode.NoKnownSignature, SignedNote.Sign("text\n"u8, Time, stranger).Verify(Alice.Verifier).Problem!.Code);
    }

    [Fact]
    public void One_wrong_signature_by_a_known_key_makes_the_whole_note_wrong()
    {
        var other = SignedNote.Sign("other\n"u8, Time, Alice).Signatures;
        var note = SignedNote.Sign("text\n"u8, Time, Bob).With(other);
        Assert.Single(note.Verify(Bob.Verifier).Require());
        Assert.Equal(LedgerProblemCode.WrongSignature, note.Verify(Bob.Verifier, Alice.Verifier).Problem!.Code);
        Assert.Equal(LedgerProblemCode.WrongSignature, (note with { Signatures = [.. SignedNote.Sign("text\n"u8, Time, Alice).Signatures, .. other] }).Verify(Alice.Verifier).Problem!.Code);
    }

    [Fact]
    public void The_same_signature_twice_counts_once()
    {
        var note = SignedNote.Sign("text\n"u8, Time, Alice);
        Assert.Single(note.With(note.Signatures).Signatures);
        Assert.Single((note with { Signatures = [note.Signatures[0], note.Signatures[0]] }).Verify(Alice.Verifier).Require());
    }

    public static TheoryData<string, int, string> Malformed => new()
    {
        { nameof(LedgerProblemCode.Malformed), -1, "text\n— a+b AAAAAAA=\n" },
        { nameof(LedgerProblemCode.Malformed), -1, "" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— alice AAAAAAA=" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n- alice AAAAAAA=\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— alice\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n—  AAAAAAA=\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— a+b AAAAAAA=\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— a\u00a0b AAAAAAA=\n" },
        // Four bytes are an ID without a signature.
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— alice AAAAAA==\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— alice AAAAAAA\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— alice AAAAAAB=\n" },
        { nameof(LedgerProblemCode.Malformed), 6, "text\n\n— alice AAAAAAA= \n" },
        { nameof(LedgerProblemCode.Malformed), 25, "text\n\n— alice AAAAAAA=\ntext\n" },
        { nameof(LedgerProblemCode.IllegalCharacter), 2, "te\txt\n\n— alice AAAAAAA=\n" },
        { nameof(LedgerProblemCode.IllegalCharacter), 4, "text\r\n\r\n— alice AAAAAAA=\r\n" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_note_is_refused_with_its_place(string code, int position, string note)
    {
        var problem = SignedNote.Read(Encoding.UTF8.GetBytes(note)).Problem!;
        Assert.Equal((code, position), (problem.Code.ToString(), (int)problem.Position));
    }

    [Fact]
    public void Text_that_is_no_utf8_is_refused_at_the_first_wrong_byte()
    {
        var problem = SignedNote.Read([.. "经"u8, 0xff, .. "\n\n— alice AAAAAAA=\n"u8]).Problem!;
        Assert.Equal((LedgerProblemCode.IllegalCharacter, 3), (problem.Code, problem.Position));
    }

    [Fact]
    public void As_many_signatures_as_the_limit_are_read_and_no_more()
    {
        static byte[] With(int signatures) => Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat("— alice AAAAAAA=\n", signatures)));
        // The specification asks for 16 at least.
        Assert.True(NoteLimits.Default.Signatures >= 16);
        Assert.Equal(NoteLimits.Default.Signatures, SignedNote.Read(With(NoteLimits.Default.Signatures)).Require().Signatures.Count);
        Assert.Equal(LedgerProblemCode.TooLarge, SignedNote.Read(With(NoteLimits.Default.Signatures + 1)).Problem!.Code);
        Assert.Equal(LedgerProblemCode.TooLarge, SignedNote.Read(new byte[NoteLimits.Default.Bytes + 1]).Problem!.Code);
    }

    [Fact]
    public void Texts_that_no_note_can_hold_are_not_signed()
    {
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("no newline"u8, Time, Alice));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("tab\t\n"u8, Time, Alice));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign([0xff, (byte)'\n'], Time, Alice));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("text\n"u8, Time));
    }

    [Fact]
    public void Reading_never_throws_and_what_is_read_comes_back()
    {
        var note = SignedNote.Sign("text\n\nmore\n"u8, Time, Alice, Bob).ToBytes();
        var changed = Gen.Choose(0, note.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf(3).ToArbitrary();
        Prop.ForAll(changed, changes =>
        {
            var bytes = note.ToArray();
            foreach (var (at, value) in changes)
            {
                bytes[at] = (byte)value;
            }

            var (read, problem) = SignedNote.Read(bytes);
            return read is null ? problem is not null : read.ToBytes().AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();
    }
}
