namespace Jingwei.Ledger;

/// <summary>A row of a <see cref="HashChain"/>, as stored.</summary>
/// <param name="Sequence">Its place: 1, 2, 3, without gaps.</param>
/// <param name="Header">What stays for ever; covered by the link.</param>
/// <param name="Content">What may be erased; covered by the commitment. Null once erased.</param>
/// <param name="Salt">Null once the content is erased.</param>
public sealed record ChainRow(
    long Sequence, byte[] Header, byte[]? Content, byte[]? Salt, byte[] Commitment, byte[] Link);

/// <summary>What verification found of a row.</summary>
public enum RowState
{
    /// <summary>Content, header, commitment and link are as written.</summary>
    Intact,

    /// <summary>Content and salt were erased together; header, commitment and link are as written.</summary>
    Erased,

    /// <summary>The content or the salt is not what was committed to, or only one of the two was erased.</summary>
    ContentAltered,

    /// <summary>The content is as written, the commitment stored beside it is not.</summary>
    CommitmentAltered,

    /// <summary>The link does not fit the sequence, the header, the commitment and the link before it.</summary>
    LinkAltered,

    /// <summary>
    /// Rows that must have been there are gone. Of the row after them the content is verified, but its header cannot be:
    /// its link follows one that is gone.
    /// </summary>
    Missing,

    /// <summary>A row that stands at or before the place of one already seen: inserted or moved.</summary>
    OutOfOrder,
}

/// <summary>What was found at one place of a chain.</summary>
/// <param name="Sequence">The row; for missing ones the first of them.</param>
/// <param name="Until">The last row that this speaks of; above <paramref name="Sequence"/> only for missing ones.</param>
public readonly record struct RowVerdict(long Sequence, long Until, RowState State)
{
    /// <summary>True for what a chain may show without having been tampered with.</summary>
    public bool Sound => State is RowState.Intact or RowState.Erased;
}
