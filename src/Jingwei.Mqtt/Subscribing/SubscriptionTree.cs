namespace Jingwei.Mqtt.Subscribing;

/// <summary>
/// All topic filters as a tree with one node a level, so that matching costs the depth and not the number of filters. Nodes are slots
/// of one array, found by parent and level in one hash table, and take their level's text from a filter that is there anyway.
/// </summary>
/// <remarks>
/// Writers take turns under a lock. Readers take none: they note the version, match, and match again when a writer was at work meanwhile
/// (a sequence lock); after <see cref="OptimisticReads"/> such attempts they take the writers' lock.
/// </remarks>
internal sealed class SubscriptionTree
{
    private const int OptimisticReads = 8;
    private const int Root = 1;

    private readonly Lock writing = new();
    private volatile NodeTable table = new(64);
    private int version;

    /// <summary>Nodes in use, the root included.</summary>
    public int Nodes => table.Count;

    /// <summary>Adds a subscriber at the filter that begins at <paramref name="start"/> of <paramref name="text"/>.</summary>
    public void Add(Subscriber subscriber, string text, int start = 0)
    {
        lock (writing)
        {
            BeginWrite();
            var node = Root;
            for (var at = start; ; at++)
            {
                var length = text.AsSpan(at).IndexOf('/');
                var isLast = length < 0;
                length = isLast ? text.Length - at : length;
                node = ChildOrNew(node, text, at, length);
                if (isLast)
                {
                    break;
                }

                at += length;
            }

            SubscriberList.Add(ref table[node].Subscribers, subscriber);
            subscriber.Node = node;
            EndWrite();
        }
    }

    /// <summary>Puts a subscriber in the place of another of the same filter.</summary>
    public void Replace(Subscriber old, Subscriber by)
    {
        lock (writing)
        {
            BeginWrite();
            (by.Node, by.Slot) = (old.Node, old.Slot);
            SubscriberList.Replace(ref table[old.Node].Subscribers, by);
            EndWrite();
        }
    }

    /// <summary>Removes a subscriber that was added, and the nodes that nobody needs any more.</summary>
    public void Remove(Subscriber subscriber)
    {
        lock (writing)
        {
            BeginWrite();
            SubscriberList.Remove(ref table[subscriber.Node].Subscribers, subscriber);
            for (var node = subscriber.Node; node != Root && table[node].IsBare;)
            {
                var parent = table[node].Parent;
                Drop(parent, node);
                node = parent;
            }

            EndWrite();
        }
    }

    /// <summary>Finds every subscriber whose filter matches the topic name; on any thread, without allocation once the buffer has grown.</summary>
    public void Match(ReadOnlySpan<char> topic, MatchBuffer into)
    {
        for (var attempt = 0; attempt < OptimisticReads; attempt++)
        {
            var before = Volatile.Read(ref version);
            if ((before & 1) == 0)
            {
                MatchOnce(topic, into);
                Volatile.ReadBarrier();
                if (Volatile.Read(ref version) == before)
                {
                    return;
                }
            }
        }

        lock (writing)
        {
            MatchOnce(topic, into);
        }
    }

    private void MatchOnce(ReadOnlySpan<char> topic, MatchBuffer into)
    {
        into.Clear();
        var nodes = table;
        if (topic.StartsWith('$'))
        {
            // Wildcards at the front do not match such topics [MQTT-4.7.2-1].
            var level = MqttTopicFilter.NextLevel(ref topic, out var isLast);
            Descend(nodes, nodes.Find(Root, level), topic, isLast, into);
        }
        else
        {
            MatchBelow(nodes, Root, topic, into);
        }
    }

    private static void MatchBelow(NodeTable nodes, int node, ReadOnlySpan<char> rest, MatchBuffer into)
    {
        var level = MqttTopicFilter.NextLevel(ref rest, out var isLast);
        into.Add(nodes[nodes[node].Rest].Subscribers);
        Descend(nodes, nodes.Find(node, level), rest, isLast, into);
        Descend(nodes, nodes[node].Any, rest, isLast, into);
    }

    private static void Descend(NodeTable nodes, int node, ReadOnlySpan<char> rest, bool isLast, MatchBuffer into)
    {
        if (node == 0)
        {
            return;
        }

        if (isLast)
        {
            // "sport/#" matches "sport" too.
            into.Add(nodes[node].Subscribers);
            into.Add(nodes[nodes[node].Rest].Subscribers);
        }
        else
        {
            MatchBelow(nodes, node, rest, into);
        }
    }

    private int ChildOrNew(int parent, string text, int start, int length)
    {
        var level = text.AsSpan(start, length);
        var child = level switch
        {
            "+" => table[parent].Any,
            "#" => table[parent].Rest,
            _ => table.Find(parent, level),
        };
        if (child != 0)
        {
            return child;
        }

        if (table.IsFull)
        {
            table = table.Grow();
        }

        child = table.Take();
        ref var node = ref table[child];
        node = new() { Parent = parent, Text = text, Start = (ushort)start, Length = (ushort)length };
        table[parent].Children++;
        switch (level)
        {
            case "+":
                table[parent].Any = child;
                break;
            case "#":
                table[parent].Rest = child;
                break;
            default:
                node.Hash = NodeTable.HashOf(parent, level);
                table.Link(child);
                break;
        }

        return child;
    }

    private void Drop(int parent, int child)
    {
        ref var above = ref table[parent];
        above.Children--;
        if (above.Any == child)
        {
            above.Any = 0;
        }
        else if (above.Rest == child)
        {
            above.Rest = 0;
        }
        else
        {
            table.Unlink(child);
        }

        table.Free(child);
    }

    // Odd while a writer is at work. Full fences: no write of the work may be seen before the first or after the second.
    private void BeginWrite() => Interlocked.Increment(ref version);

    private void EndWrite() => Interlocked.Increment(ref version);
}
