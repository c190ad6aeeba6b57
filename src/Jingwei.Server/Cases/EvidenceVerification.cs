using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>Looks whether every file that a case has is there, and is what it was.</summary>
internal static class EvidenceVerification
{
    public static IEnumerable<AlteredRow> Run(SqliteConnection store, EvidenceFiles files)
    {
        // Several cases may have the same file, which is read once.
        var faults = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var row in store.Query<CaseEventRow>($"SELECT {CaseHistory.Columns} FROM case_event WHERE kind = 'evidence' ORDER BY position"))
        {
            if (EvidenceOf(row) is not { } evidence)
            {
                continue;
            }

            if (!faults.TryGetValue(evidence.Hash, out var fault))
            {
                faults[evidence.Hash] = fault = files.FaultOf(evidence);
            }

            if (fault is not null)
            {
                yield return new("evidence", row.Case, row.Seq, row.Position, $"{evidence.Hash}: {fault}");
            }
        }
    }

    // A row that cannot be read is the chain's to name.
    private static Evidence? EvidenceOf(CaseEventRow row)
    {
        try
        {
            return (row.Placed.Event as CaseEvidenceAdded)?.Evidence is { Hash.Length: > 2 } evidence && evidence.Hash.All(char.IsAsciiHexDigitLower) ? evidence : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
