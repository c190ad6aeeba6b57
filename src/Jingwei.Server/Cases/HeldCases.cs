namespace Jingwei.Server.Cases;

/// <summary>A case as it stands, with its place in lists.</summary>
internal sealed record HeldCase(Case State, long Ordinal);

/// <summary>
/// Cases as they stand, those that were touched lately: up to a limit, then those not touched since go in turn. Used by the store's
/// writer alone.
/// </summary>
internal sealed class HeldCases(int most)
{
    // Two generations: what is found in the older one comes to the younger; when that is full the older is let go.
    private Dictionary<string, HeldCase> young = new(StringComparer.Ordinal);
    private Dictionary<string, HeldCase> old = new(StringComparer.Ordinal);

    public HeldCase? Find(string id)
    {
        if (young.TryGetValue(id, out var held))
        {
            return held;
        }

        if (old.TryGetValue(id, out held))
        {
            Hold(held);
        }

        return held;
    }

    public void Hold(HeldCase held)
    {
        if (young.Count >= most / 2)
        {
            (old, young) = (young, new(StringComparer.Ordinal));
        }

        young[held.State.Id] = held;
    }

    public void Forget(string id)
    {
        young.Remove(id);
        old.Remove(id);
    }
}
