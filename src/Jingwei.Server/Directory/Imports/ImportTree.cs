using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Imports;

/// <summary>Judges the rows together: a parent is there or comes with the file, and stands before what is part of it.</summary>
internal sealed class ImportTree(Caller caller, Visible visible, Things things, ImportColumns columns)
{
    private readonly Dictionary<string, ImportRow> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> depths = new(StringComparer.Ordinal);

    /// <summary>The rows as they stand in the file; those whose parent cannot be are bad, and then those below them.</summary>
    public IReadOnlyList<ImportRow> Check(IReadOnlyList<ImportRow> rows)
    {
        foreach (var row in rows)
        {
            byId.TryAdd(row.Id, row);
        }

        return [.. rows.Select(row => row.Write is { Thing.Parent: { } parent } && Fault(row, parent) is { } expected
            ? row with { Outcome = RowOutcome.Bad, Fields = [], Faults = [new(columns.NameOf("parent"), parent, expected)], Write = null }
            : row)];
    }

    /// <summary>What is written, parents first.</summary>
    public static IReadOnlyList<ThingWrite> InOrder(IReadOnlyList<ImportRow> rows)
    {
        var writes = rows.Where(row => row.Write is not null).ToDictionary(row => row.Id, row => row.Write!.Value, StringComparer.Ordinal);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var order = new List<ThingWrite>(writes.Count);
        foreach (var row in rows.Where(row => row.Write is not null))
        {
            var way = new Stack<ThingWrite>();
            for (string? id = row.Id; id is not null && writes.TryGetValue(id, out var write) && !placed.Contains(id) && way.Count <= Things.MaximumDepth; id = write.Thing.Parent)
            {
                way.Push(write);
            }

            order.AddRange(way.Where(write => placed.Add(write.Thing.Id)));
        }

        return order;
    }

    private string? Fault(ImportRow row, string parent)
    {
        if (!byId.TryGetValue(parent, out var above))
        {
            return things.TryGet(row.Id, out var before) && before.Parent == parent || visible.Thing(caller, parent) is not null
                ? null
                : "the id of a thing that is there, or of another row";
        }

        if (above.Outcome == RowOutcome.Bad && visible.Thing(caller, parent) is null)
        {
            return $"a row without faults; row {above.Row} has some";
        }

        return Depth(row.Id, 0) switch
        {
            > Things.MaximumDepth => $"a thing that is not below this one, and at most {Things.MaximumDepth} levels",
            < 0 => "a row without faults above it",
            _ => null,
        };
    }

    // Levels down to the thing; beyond the most there may be for a circle, below zero where a parent cannot be made.
    private int Depth(string id, int below)
    {
        if (depths.TryGetValue(id, out var known))
        {
            return known;
        }

        if (below > Things.MaximumDepth)
        {
            return Things.MaximumDepth + 1;
        }

        var parent = byId.TryGetValue(id, out var row) && row.Write is { } write ? write.Thing.Parent : things.TryGet(id, out var there) ? there.Parent : null;
        if (row is { Outcome: RowOutcome.Bad } && !things.TryGet(id, out _))
        {
            return depths[id] = -1;
        }

        var above = parent is null ? 0 : Depth(parent, below + 1);
        return depths[id] = above < 0 ? above : Math.Min(above + 1, Things.MaximumDepth + 1);
    }
}
