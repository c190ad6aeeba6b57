namespace Jingwei.Ledger;

/// <summary>Walks a chain and gives a verdict on each row, naming the altered one and not those that follow it.</summary>
public sealed class ChainVerification(byte[] origin)
{
    // The links that the next row may rightly follow: the stored one and, where the stored one does not fit, the one
    // that it should have been. None after a gap: the link of a missing row cannot be known.
    private byte[]? previous = origin;
    private byte[]? mended;
    private long expected = 1;

    /// <summary>Verdicts on rows given in the order of the chain; a gap has one before that of the row after it.</summary>
    public static IEnumerable<RowVerdict> Run(byte[] origin, IEnumerable<ChainRow> rows)
    {
        var verification = new ChainVerification(origin);
        return rows.SelectMany(verification.Check);
    }

    /// <summary>Takes the next row of the chain.</summary>
    public IEnumerable<RowVerdict> Check(ChainRow row)
    {
        if (row.Sequence < expected)
        {
            return [new RowVerdict(row.Sequence, row.Sequence, RowState.OutOfOrder)];
        }

        List<RowVerdict> verdicts = [];
        if (row.Sequence > expected)
        {
            verdicts.Add(new RowVerdict(expected, row.Sequence - 1, RowState.Missing));
            previous = mended = null;
        }

        verdicts.Add(new RowVerdict(row.Sequence, row.Sequence, Judge(row)));
        expected = row.Sequence + 1;
        return verdicts;
    }

    private RowState Judge(ChainRow row)
    {
        var content = JudgeContent(row, out var recommitted);
        var before = previous;
        var otherwise = mended;
        mended = null;
        previous = row.Link.Length == HashChain.HashSize ? row.Link : null;
        if (before is null && otherwise is null)
        {
            return content;
        }

        if (Fits(row, before, row.Commitment) || Fits(row, otherwise, row.Commitment))
        {
            return content;
        }

        if (content == RowState.ContentAltered && (Fits(row, before, recommitted) || Fits(row, otherwise, recommitted)))
        {
            return RowState.CommitmentAltered;
        }

        mended = row.Commitment.Length == HashChain.HashSize
            ? HashChain.Link(before ?? otherwise!, row.Sequence, row.Header, row.Commitment)
            : null;
        return RowState.LinkAltered;
    }

    private static RowState JudgeContent(ChainRow row, out byte[]? recommitted)
    {
        recommitted = null;
        if (row.Content is null && row.Salt is null)
        {
            return RowState.Erased;
        }

        if (row.Content is null || row.Salt is not { Length: HashChain.SaltSize })
        {
            return RowState.ContentAltered;
        }

        recommitted = HashChain.Commit(row.Salt, row.Content);
        return recommitted.AsSpan().SequenceEqual(row.Commitment) ? RowState.Intact : RowState.ContentAltered;
    }

    private static bool Fits(ChainRow row, byte[]? before, byte[]? commitment) =>
        before is not null && commitment is { Length: HashChain.HashSize }
        && HashChain.Link(before, row.Sequence, row.Header, commitment).AsSpan().SequenceEqual(row.Link);
}
