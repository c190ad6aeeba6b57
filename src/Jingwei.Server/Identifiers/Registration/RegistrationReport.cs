namespace Jingwei.Server.Identifiers.Registration;

/// <summary>What came of a row.</summary>
public enum RowResult
{
    Created,
    Changed,

    /// <summary>It is there with the same values: nothing was written.</summary>
    Unchanged,
    Rejected,
}

/// <summary>A row of a report.</summary>
/// <param name="Row">Its number in the request, from 1; in a CSV the line with the names of the columns does not count.</param>
/// <param name="Code">A stable code of the reason; null where there is none.</param>
public sealed record ReportedRow(long Row, string? Handle, RowResult Result, string? Code, string? Detail);

/// <summary>What came of a registration of many rows: received = created + changed + unchanged + rejected.</summary>
/// <param name="Rows">Those that were rejected, or all where that was asked for; up to a limit.</param>
/// <param name="NotListed">Rows that would be listed and are not, because of the limit.</param>
public sealed record RegistrationReport(
    long Received, long Created, long Changed, long Unchanged, long Rejected, IReadOnlyList<ReportedRow> Rows, long NotListed);

/// <summary>Gathers a report row by row.</summary>
/// <param name="all">Whether rows are listed that were not rejected, too.</param>
internal sealed class ReportBook(bool all)
{
    /// <summary>Most rows that a report lists: what a person looks through, and a program sends again.</summary>
    public const int MostRows = 100_000;

    private readonly List<ReportedRow> rows = [];
    private readonly long[] counts = new long[Enum.GetValues<RowResult>().Length];
    private long notListed;

    public long Received => counts.Sum();

    public bool IsSuccess => counts[(int)RowResult.Rejected] == 0;

    /// <summary>Notes a row.</summary>
    /// <param name="handle">Its name in UTF-8; empty where it has none.</param>
    public void Add(long row, ReadOnlySpan<byte> handle, RowResult result, RowFault? fault)
    {
        counts[(int)result]++;
        if (!all && result != RowResult.Rejected)
        {
            return;
        }

        if (rows.Count == MostRows)
        {
            notListed++;
            return;
        }

        rows.Add(new(row, handle.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(handle), result, fault?.Code, fault?.Detail));
    }

    public RegistrationReport Close()
    {
        rows.Sort(static (left, right) => left.Row.CompareTo(right.Row));
        return new(
            Received, counts[(int)RowResult.Created], counts[(int)RowResult.Changed], counts[(int)RowResult.Unchanged], counts[(int)RowResult.Rejected],
            rows, notListed);
    }
}
