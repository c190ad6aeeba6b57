using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Edits;

/// <summary>What stands in the way of undoing an edit for one thing.</summary>
/// <param name="Code">changed-since, removed-since, has-children, parent-gone, not-allowed.</param>
public sealed record UndoObstacle(string Thing, string Name, string Code, string Detail);

/// <summary>Works out what takes an edit back: things that it made go, and are as before where it changed them, if nobody changed them since.</summary>
public sealed class EditUndo(Things things, ThingHistory history, Edits edits, Parties parties, Regions regions)
{
    // More than an edit can have items.
    private const int Everything = int.MaxValue;

    /// <summary>The writes that undo what can be undone, and what stands in the way of the rest.</summary>
    public (IReadOnlyList<ThingWrite> Writes, IReadOnlyList<UndoObstacle> Obstacles) Plan(EditItem edit, Caller caller)
    {
        var handled = edits.UndoneOf(edit.Id);
        var entries = history.OfEdit(edit.Id, null, Everything).Where(entry => !handled.Contains(entry.Thing)).ToList();
        var made = entries.Where(entry => entry.Deed == ThingDeed.Made).Select(entry => entry.Thing).ToHashSet(StringComparer.Ordinal);
        var (writes, obstacles) = (new List<ThingWrite>(), new List<UndoObstacle>());
        foreach (var entry in entries)
        {
            if (!things.TryGet(entry.Thing, out var thing))
            {
                // A made thing that is gone is what was wanted.
                if (entry.Deed == ThingDeed.Changed)
                {
                    obstacles.Add(new(entry.Thing, entry.Thing, "removed-since", "It was removed since."));
                }

                continue;
            }

            var back = entry.Deed == ThingDeed.Made ? thing : ThingFields.Back(thing, entry.Fields);
            if (Obstacle(entry, thing, back, made, caller) is { } obstacle)
            {
                obstacles.Add(obstacle);
                continue;
            }

            writes.Add(new(entry.Deed == ThingDeed.Made ? ThingDeed.TakenBack : ThingDeed.Changed, back));
        }

        return (writes, obstacles);
    }

    private UndoObstacle? Obstacle(ThingEntry entry, Thing thing, Thing back, HashSet<string> made, Caller caller)
    {
        UndoObstacle In(string code, string detail) => new(thing.Id, thing.Name, code, detail);

        if (thing.Version != entry.Version)
        {
            return In("changed-since", history.Of(thing.Id, null, 1) is [var last] ? FormattableString.Invariant($"{last.ActorName ?? last.Actor} changed it at {last.At:u}.") : "It was changed since.");
        }

        if (!caller.May(Right.Configure, things.ScopeOf(thing)) || !caller.May(Right.Configure, new(parties.PathOf(back.Party), regions.PathOf(back.Region))))
        {
            return In("not-allowed", "You do not configure it, or not where it was before.");
        }

        if (entry.Deed == ThingDeed.Made && things.Children(thing.Id).FirstOrDefault(child => !made.Contains(child.Id)) is { } child)
        {
            return In("has-children", $"{child.Name} ({child.Id}) came to be part of it.");
        }

        return back.Parent != thing.Parent && back.Parent is { } parent && !things.TryGet(parent, out _) ? In("parent-gone", $"{parent}, which it was part of, is removed.") : null;
    }
}
