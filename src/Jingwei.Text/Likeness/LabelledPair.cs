using System.Text.Json;
using Jingwei.Text.Corpora;

namespace Jingwei.Text.Likeness;

/// <summary>Two reports of which is known whether they are the same.</summary>
/// <param name="A">One.</param>
/// <param name="B">The other.</param>
/// <param name="Same">Whether they are.</param>
/// <param name="Hard">Whether they are not, but look so.</param>
internal sealed record LabelledPair(string A, string B, bool Same, bool Hard)
{
    /// <summary>Reads pairs: a, b, label, hard.</summary>
    internal static IReadOnlyList<LabelledPair> Read(string file) =>
    [
        .. JsonLines.Read(file).Select(row => new LabelledPair(
            ReportLines.IdOf(row, "a")!,
            ReportLines.IdOf(row, "b")!,
            row.GetProperty("label").GetInt32() == 1,
            row.TryGetProperty("hard", out var hard) && hard.ValueKind == JsonValueKind.True)),
    ];
}
