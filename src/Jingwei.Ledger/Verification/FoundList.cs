namespace Jingwei.Ledger.Verification;

/// <summary>Findings up to a limit.</summary>
internal sealed class FoundList(int most)
{
    private readonly List<LogFinding> findings = [];

    public IReadOnlyList<LogFinding> All => findings;

    public bool IsFull => findings.Count >= most;

    public void Add(string file, LedgerProblemCode code, string message, long position = -1)
    {
        if (!IsFull)
        {
            findings.Add(new(file, new(code, message, position)));
        }
    }
}
