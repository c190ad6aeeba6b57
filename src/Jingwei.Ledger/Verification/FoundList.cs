namespace Jingwei.Ledger.Verification;

/// <summary>Findings up to a limit.</summary>
internal sealed class FoundList(int most)
{
    private readonly List<LogFinding> findings = [];

    public IReadOnlyList<LogFinding> All => findings;

    public bool IsFull => findings.Count >= most;

    public void Add(string file, LedgerProblemCode code, string message, long position = -1)
    {
        var finding = new LogFinding(file, new(code, message, position));
        // A file that is read for its own sake and for another's is found once.
        if (!IsFull && !findings.Contains(finding))
        {
            findings.Add(finding);
        }
    }
}
