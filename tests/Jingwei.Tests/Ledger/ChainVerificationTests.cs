using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Ledger;

namespace Jingwei.Tests.Ledger;

public sealed class ChainVerificationTests
{
    private const int Rows = 8;
    private static readonly byte[] Origin = HashChain.Origin("test");

    [Fact]
    public void A_chain_as_written_is_intact() =>
        Assert.Equal(
            Enumerable.Range(1, Rows).Select(row => new RowVerdict(row, row, RowState.Intact)),
            ChainVerification.Run(Origin, Chain()));

    [Fact]
    public void Erased_content_is_said_and_breaks_nothing()
    {
        var rows = Chain();
        rows[2] = rows[2] with { Content = null, Salt = null };
        rows[7] = rows[7] with { Content = null, Salt = null };
        var verdicts = ChainVerification.Run(Origin, rows).ToList();
        Assert.Equal([3L, 8L], verdicts.Where(verdict => verdict.State == RowState.Erased).Select(verdict => verdict.Sequence));
        Assert.All(verdicts, verdict => Assert.True(verdict.Sound));
    }

    public static TheoryData<int> EveryRow => [.. Enumerable.Range(1, Rows)];

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void Any_altered_byte_names_its_row_alone(int row)
    {
        foreach (var (alter, expected) in Alterations(Chain()[row - 1]))
        {
            var rows = Chain();
            rows[row - 1] = alter(rows[row - 1]);
            Assert.Equal([new RowVerdict(row, row, expected)], Faults(rows));
        }
    }

    private static IEnumerable<(Func<ChainRow, ChainRow> Alter, RowState Expected)> Alterations(ChainRow row)
    {
        for (var index = 0; index < row.Content!.Length; index++)
        {
            var at = index;
            yield return (it => it with { Content = Flip(it.Content!, at) }, RowState.ContentAltered);
        }

        for (var index = 0; index < row.Header.Length; index++)
        {
            var at = index;
            yield return (it => it with { Header = Flip(it.Header, at) }, RowState.LinkAltered);
        }

        for (var index = 0; index < HashChain.HashSize; index++)
        {
            var at = index;
            yield return (it => it with { Salt = Flip(it.Salt!, at) }, RowState.ContentAltered);
            yield return (it => it with { Commitment = Flip(it.Commitment, at) }, RowState.CommitmentAltered);
            yield return (it => it with { Link = Flip(it.Link, at) }, RowState.LinkAltered);
        }

        yield return (it => it with { Content = null }, RowState.ContentAltered);
        yield return (it => it with { Salt = null }, RowState.ContentAltered);
        yield return (it => it with { Salt = [] }, RowState.ContentAltered);
        yield return (it => it with { Commitment = [] }, RowState.CommitmentAltered);
        yield return (it => it with { Content = [.. it.Content!, 0] }, RowState.ContentAltered);
        yield return (it => it with { Header = [] }, RowState.LinkAltered);
    }

    [Fact]
    public void Missing_rows_are_named_from_first_to_last()
    {
        var rows = Chain();
        rows.RemoveRange(2, 3);
        rows.RemoveAt(0);
        Assert.Equal(
            [new RowVerdict(1, 1, RowState.Missing), new RowVerdict(3, 5, RowState.Missing)], Faults(rows));
    }

    [Fact]
    public void An_altered_content_after_a_gap_is_still_named()
    {
        var rows = Chain();
        rows[4] = rows[4] with { Content = "else"u8.ToArray() };
        rows.RemoveAt(3);
        Assert.Equal(
            [new RowVerdict(4, 4, RowState.Missing), new RowVerdict(5, 5, RowState.ContentAltered)], Faults(rows));
    }

    [Fact]
    public void Swapped_rows_are_named_with_those_that_must_follow_them()
    {
        var rows = Chain();
        (rows[1], rows[5]) = (rows[5] with { Sequence = 2 }, rows[1] with { Sequence = 6 });
        Assert.Equal(new long[] { 2, 3, 6, 7 }.Select(row => new RowVerdict(row, row, RowState.LinkAltered)), Faults(rows));
    }

    [Fact]
    public void A_row_carried_out_of_order_is_named()
    {
        var rows = Chain();
        rows.Insert(5, rows[2]);
        Assert.Equal([new RowVerdict(3, 3, RowState.OutOfOrder)], Faults(rows));
    }

    [Fact]
    public void A_row_added_by_one_who_does_not_chain_it_is_named()
    {
        var rows = Chain();
        rows.Add(rows[7] with { Sequence = 9 });
        Assert.Equal([new RowVerdict(9, 9, RowState.LinkAltered)], Faults(rows));
    }

    [Fact]
    public void A_chain_of_another_name_fails_at_its_first_row() =>
        Assert.Equal(
            [new RowVerdict(1, 1, RowState.LinkAltered)],
            ChainVerification.Run(HashChain.Origin("other"), Chain()).Where(verdict => !verdict.Sound));

    [Fact]
    public void Two_altered_neighbours_are_both_named()
    {
        var rows = Chain();
        rows[3] = rows[3] with { Link = Flip(rows[3].Link, 0) };
        rows[4] = rows[4] with { Header = "x"u8.ToArray() };
        Assert.Equal(
            [new RowVerdict(4, 4, RowState.LinkAltered), new RowVerdict(5, 5, RowState.LinkAltered)], Faults(rows));
    }

    [Fact]
    public void Any_contents_chain_and_verify() =>
        Prop.ForAll<byte[][]>(contents =>
        {
            var previous = Origin;
            var rows = new List<ChainRow>();
            foreach (var content in contents.Select(content => content ?? []))
            {
                rows.Add(HashChain.Seal(previous, rows.Count + 1, content, content));
                previous = rows[^1].Link;
            }

            return ChainVerification.Run(Origin, rows).All(verdict => verdict.State == RowState.Intact);
        }).QuickCheckThrowOnFailure();

    private static List<ChainRow> Chain()
    {
        var previous = Origin;
        var rows = new List<ChainRow>();
        for (var sequence = 1; sequence <= Rows; sequence++)
        {
            var row = HashChain.Seal(previous, sequence, Encoding.UTF8.GetBytes($"h{sequence}"), Encoding.UTF8.GetBytes($"内容 {sequence}"));
            rows.Add(row);
            previous = row.Link;
        }

        return rows;
    }

    private static IEnumerable<RowVerdict> Faults(IEnumerable<ChainRow> rows) =>
        ChainVerification.Run(Origin, rows).Where(verdict => !verdict.Sound);

    private static byte[] Flip(byte[] bytes, int index)
    {
        var copy = bytes.ToArray();
        copy[index] ^= 0x01;
        return copy;
    }
}
