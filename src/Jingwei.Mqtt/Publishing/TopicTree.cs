namespace Jingwei.Mqtt.Publishing;

/// <summary>
/// Topic names level by level, so that finding those that a filter matches costs what lies below its fixed levels and not the number of all.
/// Not for many threads at once.
/// </summary>
internal sealed class TopicTree
{
    private readonly Node root = new();

    /// <summary>Adds a topic name; nothing changes when it is there.</summary>
    public void Add(string topic)
    {
        var node = root;
        ReadOnlySpan<char> rest = topic;
        for (var isLast = false; !isLast;)
        {
            node = node.ChildOrNew(MqttTopicFilter.NextLevel(ref rest, out isLast));
        }

        node.Topic = topic;
    }

    /// <summary>Removes a topic name, and the levels that no other has.</summary>
    public void Remove(string topic) => Remove(root, topic, isLast: false);

    /// <summary>Every topic name that a valid filter matches (MQTT 5.0, section 4.7), in no order.</summary>
    public List<string> Find(string filter)
    {
        var found = new List<string>();
        Find(root, filter, isRoot: true, found);
        return found;
    }

    private static void Remove(Node node, ReadOnlySpan<char> rest, bool isLast)
    {
        if (isLast)
        {
            node.Topic = null;
            return;
        }

        var level = MqttTopicFilter.NextLevel(ref rest, out isLast);
        if (node.Child(level) is { } child)
        {
            Remove(child, rest, isLast);
            if (child.IsBare)
            {
                node.Drop(level);
            }
        }
    }

    private static void Find(Node node, ReadOnlySpan<char> filter, bool isRoot, List<string> found)
    {
        var level = MqttTopicFilter.NextLevel(ref filter, out var isLast);
        if (level is "#")
        {
            // "sport/#" matches "sport" too.
            FindAll(node, isRoot, found);
            return;
        }

        if (level is not "+")
        {
            FindIn(node.Child(level), filter, isLast, found);
            return;
        }

        foreach (var (name, child) in node.Children)
        {
            if (!IsHidden(name, isRoot))
            {
                FindIn(child, filter, isLast, found);
            }
        }
    }

    private static void FindIn(Node? child, ReadOnlySpan<char> rest, bool isLast, List<string> found)
    {
        if (child is null)
        {
            return;
        }

        if (!isLast)
        {
            Find(child, rest, isRoot: false, found);
        }
        else if (child.Topic is not null)
        {
            found.Add(child.Topic);
        }
    }

    private static void FindAll(Node node, bool isRoot, List<string> found)
    {
        if (node.Topic is not null)
        {
            found.Add(node.Topic);
        }

        foreach (var (name, child) in node.Children)
        {
            if (!IsHidden(name, isRoot))
            {
                FindAll(child, isRoot: false, found);
            }
        }
    }

    // [MQTT-4.7.2-1]
    private static bool IsHidden(string level, bool isRoot) => isRoot && level.StartsWith('$');

    private sealed class Node
    {
        private static readonly Dictionary<string, Node> None = [];
        private Dictionary<string, Node>? children;

        /// <summary>The topic name that ends here; null when longer ones only pass.</summary>
        public string? Topic { get; set; }

        public Dictionary<string, Node> Children => children ?? None;

        public bool IsBare => Topic is null && children is null;

        public Node? Child(ReadOnlySpan<char> level) =>
            children is not null && children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node ChildOrNew(ReadOnlySpan<char> level)
        {
            if (Child(level) is { } present)
            {
                return present;
            }

            var child = new Node();
            (children ??= new(StringComparer.Ordinal)).Add(level.ToString(), child);
            return child;
        }

        public void Drop(ReadOnlySpan<char> level)
        {
            children!.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
            if (children.Count == 0)
            {
                children = null;
            }
        }
    }
}
