using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Subscribing;

/// <summary>All subscriptions, as a tree with one node a topic level, so that matching costs the depth and not the number of subscriptions.</summary>
internal sealed class SubscriptionTree : IDisposable
{
    private readonly ReaderWriterLockSlim gate = new();
    private readonly Node root = new();

    /// <summary>Adds or replaces; true when the session did not have this filter.</summary>
    public bool Set(Session session, Subscription subscription)
    {
        gate.EnterWriteLock();
        try
        {
            var node = root;
            ReadOnlySpan<char> rest = subscription.Request.Filter;
            for (var isLast = false; !isLast;)
            {
                node = node.Child(MqttTopicFilter.NextLevel(ref rest, out isLast));
            }

            node.Subscribers ??= [];
            var isNew = !node.Subscribers.ContainsKey(session);
            node.Subscribers[session] = subscription;
            return isNew;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>False when the session did not have this filter.</summary>
    public bool Remove(Session session, string filter)
    {
        gate.EnterWriteLock();
        try
        {
            return Remove(root, session, filter, atEnd: false);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Adds every subscription that matches the topic name; a session may be there several times.</summary>
    public void Match(ReadOnlySpan<char> topic, List<SubscriptionMatch> into)
    {
        gate.EnterReadLock();
        try
        {
            Match(root, topic, topic.StartsWith('$'), into);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Dispose() => gate.Dispose();

    private static bool Remove(Node node, Session session, ReadOnlySpan<char> rest, bool atEnd)
    {
        if (atEnd)
        {
            return node.Subscribers?.Remove(session) == true;
        }

        var level = MqttTopicFilter.NextLevel(ref rest, out var isLast);
        if (node.Find(level) is not { } child || !Remove(child, session, rest, isLast))
        {
            return false;
        }

        if (child.IsBare)
        {
            node.Drop(level);
        }

        return true;
    }

    private static void Match(Node node, ReadOnlySpan<char> rest, bool hidden, List<SubscriptionMatch> into)
    {
        var level = MqttTopicFilter.NextLevel(ref rest, out var isLast);
        if (!hidden)
        {
            Collect(node.Find("#"), into);
        }

        Descend(node.Find(level), rest, isLast, into);
        if (!hidden)
        {
            Descend(node.Find("+"), rest, isLast, into);
        }
    }

    private static void Descend(Node? node, ReadOnlySpan<char> rest, bool isLast, List<SubscriptionMatch> into)
    {
        if (node is null)
        {
            return;
        }

        if (isLast)
        {
            Collect(node, into);
            Collect(node.Find("#"), into);
        }
        else
        {
            Match(node, rest, hidden: false, into);
        }
    }

    private static void Collect(Node? node, List<SubscriptionMatch> into)
    {
        if (node?.Subscribers is { } subscribers)
        {
            foreach (var (session, subscription) in subscribers)
            {
                into.Add(new(session, subscription));
            }
        }
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? children;

        public Dictionary<Session, Subscription>? Subscribers { get; set; }

        public bool IsBare => children is not { Count: > 0 } && Subscribers is not { Count: > 0 };

        public Node? Find(ReadOnlySpan<char> level)
        {
            Node? child = null;
            children?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out child);
            return child;
        }

        public Node Child(ReadOnlySpan<char> level)
        {
            if (Find(level) is { } present)
            {
                return present;
            }

            var child = new Node();
            (children ??= new(StringComparer.Ordinal)).Add(level.ToString(), child);
            return child;
        }

        public void Drop(ReadOnlySpan<char> level) => children!.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
    }
}
