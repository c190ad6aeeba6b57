namespace Jingwei.Mqtt.Subscribing;

/// <summary>
/// The subscriptions of one session by filter: a list while they are few, as a device's are, since a table for one costs more than the
/// subscription itself. Never copy it.
/// </summary>
internal struct SessionSubscriptions
{
    // Looking at eight strings is as fast as hashing one.
    private const int FewAtMost = 8;

    private Subscription[]? few;
    private Dictionary<string, Subscription>? many;

    public readonly int Count => many?.Count ?? few?.Length ?? 0;

    public readonly Subscription[] All => many is not null ? [.. many.Values] : few is not null ? [.. few] : [];

    public readonly Subscription? Find(string filter)
    {
        if (many is not null)
        {
            return many.GetValueOrDefault(filter);
        }

        var at = IndexOf(filter);
        return at < 0 ? null : few![at];
    }

    /// <summary>Keeps a subscription; what it replaces, or null.</summary>
    public Subscription? Set(Subscription subscription)
    {
        if (many is not null)
        {
            many.TryGetValue(subscription.Filter, out var present);
            many[subscription.Filter] = subscription;
            return present;
        }

        var at = IndexOf(subscription.Filter);
        if (at >= 0)
        {
            var old = few![at];
            few[at] = subscription;
            return old;
        }

        if (Count < FewAtMost)
        {
            few = [.. few ?? [], subscription];
            return null;
        }

        many = few!.ToDictionary(each => each.Filter, StringComparer.Ordinal);
        many.Add(subscription.Filter, subscription);
        few = null;
        return null;
    }

    /// <summary>Takes a subscription away; null when there was none.</summary>
    public Subscription? Remove(string filter)
    {
        if (many is not null)
        {
            many.Remove(filter, out var removed);
            if (many.Count == FewAtMost)
            {
                (few, many) = ([.. many.Values], null);
            }

            return removed;
        }

        var at = IndexOf(filter);
        if (at < 0)
        {
            return null;
        }

        var old = few![at];
        few = few.Length == 1 ? null : [.. few[..at], .. few[(at + 1)..]];
        return old;
    }

    private readonly int IndexOf(string filter) => few is null ? -1 : Array.FindIndex(few, each => each.Filter == filter);
}
