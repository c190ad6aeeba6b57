using System.Collections.Concurrent;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Jingwei.Server.Directory.Edits;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Directory.Imports;

/// <summary>A file that was read and judged, and not written yet.</summary>
/// <param name="By">Who sent it; nobody else sees it.</param>
/// <param name="Columns">What is taken from which column.</param>
internal sealed record PendingImport(
    string Id, string File, string By, DateTimeOffset At, ImportTable Table, IReadOnlyList<ImportColumn> Columns, IReadOnlyList<ImportRow> Rows);

/// <summary>Reads files of things, holds what they would do until somebody says yes, and writes it as an edit.</summary>
public sealed class Imports(
    Edits.Edits edits, Visible visible, Things things, Parties parties, Regions regions, RegionOutlines outlines, PackCatalog packs, TimeProvider clock)
{
    // Some 100 MB of the largest; the oldest goes when another comes.
    private const int MostPending = 8;

    // Longer than it takes to read a preview; then it has to be sent again.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, PendingImport> pending = new(StringComparer.Ordinal);

    /// <summary>Reads and judges a file; nothing is written.</summary>
    /// <param name="map">"column=field" each, where the head does not say it.</param>
    /// <exception cref="BadTableException">It is no table of things at all.</exception>
    internal PendingImport Read(Caller caller, string file, byte[] content, string? sheet, IEnumerable<string> map, ImportDefaults defaults, ImportLimits limits)
    {
        var table = ExcelTable.IsOne(content) ? ExcelTable.Read(content, sheet, limits) : CsvTable.Read(content, limits);
        var columns = new ImportColumns(table.Head, map);
        var now = clock.GetUtcNow();
        var check = new ImportCheck(caller, columns, defaults, visible, things, parties, regions, outlines, packs.Current, now);
        var import = new PendingImport(Ulid.New(now), file, caller.Actor, now, table, columns.All, check.Check(table));
        foreach (var old in pending.Values.OrderByDescending(each => each.At).Skip(MostPending - 1).Concat(pending.Values.Where(each => now - each.At > Kept)))
        {
            pending.TryRemove(old.Id, out _);
        }

        pending[import.Id] = import;
        return import;
    }

    internal PendingImport? Find(Caller caller, string id) =>
        pending.TryGetValue(id, out var import) && import.By == caller.Actor && clock.GetUtcNow() - import.At <= Kept ? import : null;

    internal bool Forget(string id) => pending.TryRemove(id, out _);

    /// <summary>Writes the rows that have no fault, as one edit; rights are asked for once more.</summary>
    internal Task<EditItem> ApplyAsync(PendingImport import, Caller caller, CancellationToken stopping) => edits.RunAsync(
        EditKind.Import, import.File, caller, [.. ImportTree.InOrder(import.Rows).Where(write => MayWrite(caller, write.Thing))], null, stopping);

    private bool MayWrite(Caller caller, Thing thing) =>
        caller.May(Right.Configure, things.ScopeOf(thing)) && (!things.TryGet(thing.Id, out var there) || caller.May(Right.Configure, things.ScopeOf(there)));
}
