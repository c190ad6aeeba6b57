namespace Jingwei.Mqtt.Subscribing;

/// <summary>All subscriptions of all sessions: the tree, and the groups that share a filter.</summary>
/// <param name="under">Under which filter a principal's subscription is kept; null: under its own.</param>
internal sealed class Subscriptions(Func<object, string, string>? under)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SharedGroup> groups = new(StringComparer.Ordinal);

    public SubscriptionTree Tree { get; } = new();

    /// <summary>Adds a subscription, in place of <paramref name="old"/> when its session had the filter: no message passes between the two [MQTT-3.8.4-3].</summary>
    public void Set(Subscription subscription, Subscription? old)
    {
        if (subscription.IsShared)
        {
            SetShared(subscription, old);
        }
        else if (old is null)
        {
            Tree.Add(subscription, under is null ? subscription.Filter : under(subscription.Session.Principal!, subscription.Filter));
        }
        else
        {
            Tree.Replace(old, subscription);
        }
    }

    public void Remove(Subscription subscription)
    {
        if (!subscription.IsShared)
        {
            Tree.Remove(subscription);
            return;
        }

        lock (gate)
        {
            var group = groups[subscription.Filter];
            group.Remove(subscription);
            if (group.IsEmpty)
            {
                groups.Remove(group.Filter);
                Tree.Remove(group);
            }
        }
    }

    /// <summary>The group behind a shared filter, while it has members.</summary>
    public SharedGroup? FindGroup(string filter)
    {
        lock (gate)
        {
            return groups.GetValueOrDefault(filter);
        }
    }

    private void SetShared(Subscription subscription, Subscription? old)
    {
        lock (gate)
        {
            if (old is not null)
            {
                groups[subscription.Filter].Replace(old, subscription);
                return;
            }

            if (groups.TryGetValue(subscription.Filter, out var group))
            {
                group.Add(subscription);
                return;
            }

            group = new(subscription.Filter);
            group.Add(subscription);
            groups.Add(group.Filter, group);
            Tree.Add(group, group.Filter, SharedFilter.Inside(group.Filter));
        }
    }
}
