using System.Globalization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs.Maturity;

/// <summary>
/// What `pack check` says of the card. A server takes a pack all the same: an author who claims too much is no reason for a plant to stand still.
/// </summary>
internal static class MaturityCard
{
    // A problem is a line; the whole of it is in the JSON output and the API.
    private const int Told = 5;

    /// <summary>Items that say done while their checks do not hold.</summary>
    public static IEnumerable<PackProblem> Problems(Pack pack) => pack.Maturity.Where(item => item.IsWrong).Select(item => new PackProblem(
        item.File, item.Line, 1, $"\"{item.Item}\" says done, but {string.Join("; ", item.Lacks.Take(Told))}{(item.Lacks.Length > Told ? $"; and {item.Lacks.Length - Told} more" : "")}", "todo or exempt with a reason, or what lacks"));

    /// <summary>The card in a line, and a line for each item that could say done.</summary>
    /// <param name="folder">Stands before names of files.</param>
    public static IEnumerable<string> Lines(Pack pack, string folder)
    {
        if (pack.Maturity.IsEmpty)
        {
            return [];
        }

        var count = pack.Maturity.CountBy(item => item.Status).ToDictionary(StringComparer.Ordinal);
        var done = pack.Maturity.Count(item => item is { Status: "done", Checked: true });
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{pack.Id} maturity: {count.GetValueOrDefault("done")} done ({done} checked by machine), {count.GetValueOrDefault("todo")} to do, {count.GetValueOrDefault("exempt")} exempt"),
            .. pack.Maturity.Where(item => item.IsDoneAlready).Select(item => $"{Path.Combine(folder, item.File).Replace('\\', '/')}:{item.Line}: \"{item.Item}\" says todo, and its check holds already"),
        ];
    }
}
