using Jingwei.Mqtt;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Subscribing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Mqtt;

/// <summary>MQTT 5.0, section 4.7: its examples, and its rules.</summary>
public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "sport/tennis", true)]
    [InlineData("#", "/", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+", "finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+/tennis/#", "sport/tennis", true)]
    [InlineData("#", "$SYS/monitor", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/monitor", true)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    [InlineData("a/+/$x", "a/b/$x", true)]
    [InlineData("a/+", "a/$x", true)]
    [InlineData("ACCOUNTS", "Accounts", false)]
    [InlineData("Accounts payable", "Accounts payable", true)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("+/b/+/d/#", "a/b/c/d", true)]
    [InlineData("+/b/+/d/#", "a/b/c/e", false)]
    [InlineData("厂/+/温度", "厂/一号/温度", true)]
    public void Filters_match_as_the_specification_says(string filter, string topic, bool matches)
    {
        Assert.Equal(matches, MqttTopicFilter.Matches(filter, topic));

        var tree = new SubscriptionTree();
        tree.Add(Of(filter), filter);
        Assert.Equal(matches ? [filter] : [], Match(tree, topic));
    }

    [Theory]
    [InlineData("#", true)]
    [InlineData("sport/tennis/#", true)]
    [InlineData("sport/tennis#", false)] // [MQTT-4.7.1-1]
    [InlineData("sport/tennis/#/ranking", false)]
    [InlineData("##", false)]
    [InlineData("+", true)]
    [InlineData("+/tennis/#", true)]
    [InlineData("sport+", false)] // [MQTT-4.7.1-2]
    [InlineData("sport/+/player1", true)]
    [InlineData("sport/+x", false)]
    [InlineData("/", true)]
    [InlineData("a//b", true)]
    [InlineData("", false)] // [MQTT-4.7.3-1]
    [InlineData("a\0", false)] // [MQTT-4.7.3-2]
    public void Filters_are_valid_as_the_specification_says(string filter, bool valid) =>
        Assert.Equal(valid, MqttTopicFilter.IsTopicFilter(filter));

    [Fact]
    public void A_removed_subscription_matches_no_more_and_leaves_no_nodes()
    {
        var tree = new SubscriptionTree();
        var (one, two, three) = (Of("a/+/c/#"), Of("a/b"), Of("a/b"));
        tree.Add(one, one.Filter);
        tree.Add(two, two.Filter);
        tree.Add(three, three.Filter);
        tree.Remove(one);
        Assert.Empty(Match(tree, "a/b/c"));
        tree.Remove(two);
        Assert.Equal(["a/b"], Match(tree, "a/b"));
        tree.Remove(three);
        Assert.Empty(Match(tree, "a/b"));
        Assert.Equal(1, tree.Nodes);
    }

    [Fact]
    public void A_replaced_subscription_stands_in_the_place_of_the_old_one()
    {
        var tree = new SubscriptionTree();
        Subscription[] all = [Of("a"), Of("a"), Of("a")];
        foreach (var each in all)
        {
            tree.Add(each, "a");
        }

        var by = Of("a", MqttQoS.ExactlyOnce);
        tree.Replace(all[1], by);
        var found = new MatchBuffer();
        tree.Match("a", found);
        Assert.Equal([all[0], by, all[2]], found.Items.ToArray());
        tree.Remove(by);
        tree.Remove(all[0]);
        tree.Match("a", found);
        Assert.Equal([all[2]], found.Items.ToArray());
    }

    [Fact]
    public void Filters_come_and_go_in_any_order_and_the_rest_stays()
    {
        // Enough for the table to grow several times and for its slots to collide.
        var random = new Random(1);
        var tree = new SubscriptionTree();
        var present = new List<Subscription>();
        for (var step = 0; step < 20_000; step++)
        {
            if (present.Count > 0 && random.Next(3) == 0)
            {
                var at = random.Next(present.Count);
                tree.Remove(present[at]);
                present[at] = present[^1];
                present.RemoveAt(present.Count - 1);
            }
            else
            {
                var filter = $"{random.Next(50)}/{(random.Next(4) == 0 ? "+" : random.Next(50))}/{(random.Next(4) == 0 ? "#" : random.Next(50))}";
                present.Add(Of(filter));
                tree.Add(present[^1], filter);
            }
        }

        for (var i = 0; i < 200; i++)
        {
            var topic = $"{random.Next(50)}/{random.Next(50)}/{random.Next(50)}";
            Assert.Equal(
                present.Select(each => each.Filter).Where(filter => MqttTopicFilter.Matches(filter, topic)).Order(StringComparer.Ordinal),
                Match(tree, topic));
        }

        present.ForEach(tree.Remove);
        Assert.Equal(1, tree.Nodes);
    }

    [Fact]
    public async Task What_stays_is_found_while_others_come_and_go()
    {
        var tree = new SubscriptionTree();
        var stays = Of("plant/+/line/#");
        tree.Add(stays, stays.Filter);
        using var ends = new CancellationTokenSource();
        var changing = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 100_000; i++)
                {
                    var passing = Of($"plant/{i % 977}/line/{i % 31}");
                    tree.Add(passing, passing.Filter);
                    tree.Remove(passing);
                }

                ends.Cancel();
            },
            Cancel,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var found = new MatchBuffer();
        while (!ends.IsCancellationRequested)
        {
            tree.Match("plant/5/line/5", found);
            Assert.Contains(stays, found.Items.ToArray());
            Assert.All(found.Items.ToArray(), each => Assert.True(MqttTopicFilter.Matches(((Subscription)each).Filter, "plant/5/line/5")));
        }

        await changing;
    }

    [Fact]
    public void The_tree_and_the_plain_match_agree()
    {
        string[] levels = ["", "a", "b", "$s", "+", "#"];
        var filters = (from x in levels from y in levels from z in levels select $"{x}/{y}/{z}")
            .Concat(from x in levels from y in levels select $"{x}/{y}").Concat(levels).Where(filter => MqttTopicFilter.IsTopicFilter(filter)).ToList();
        var topics = (from x in levels from y in levels from z in levels select $"{x}/{y}/{z}")
            .Concat(from x in levels from y in levels select $"{x}/{y}").Concat(levels).Where(topic => MqttTopicFilter.IsTopicName(topic)).ToList();
        var tree = new SubscriptionTree();
        filters.ForEach(filter => tree.Add(Of(filter), filter));
        foreach (var topic in topics)
        {
            Assert.Equal(
                filters.Where(filter => MqttTopicFilter.Matches(filter, topic)).Order(StringComparer.Ordinal), Match(tree, topic));
        }
    }

    [Fact]
    public void Topics_are_found_by_a_filter_as_the_plain_match_finds_them()
    {
        string[] levels = ["", "a", "b", "$s", "+", "#"];
        var all = (from x in levels from y in levels from z in levels select $"{x}/{y}/{z}")
            .Concat(from x in levels from y in levels select $"{x}/{y}").Concat(levels).ToList();
        var topics = all.Where(topic => MqttTopicFilter.IsTopicName(topic)).ToList();
        var tree = new TopicTree();
        topics.ForEach(tree.Add);

        // Half of them go again, in an order that leaves longer ones below them and takes shorter ones above them.
        var gone = topics.Where((_, i) => i % 2 == 0).ToList();
        gone.ForEach(tree.Remove);
        var left = topics.Except(gone).ToList();
        foreach (var filter in all.Where(filter => MqttTopicFilter.IsTopicFilter(filter)))
        {
            Assert.Equal(
                left.Where(topic => MqttTopicFilter.Matches(filter, topic)).Order(StringComparer.Ordinal),
                tree.Find(filter).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("a/b", 0)]
    [InlineData("$share/g/a", 9)]
    [InlineData("$share/g//", 9)]
    [InlineData("$share/g", -1)] // [MQTT-4.8.2-2]: a filter follows the name.
    [InlineData("$share/g/", -1)]
    [InlineData("$share//a", -1)] // [MQTT-4.8.2-1]: a name of at least one character,
    [InlineData("$share/+/a", -1)] // [MQTT-4.8.2-2]: without wildcards.
    [InlineData("$share/g#/a", -1)]
    public void A_shared_filter_has_a_name_and_a_filter_inside(string filter, int inside) => Assert.Equal(inside, SharedFilter.Inside(filter));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Match(SubscriptionTree tree, string topic)
    {
        var found = new MatchBuffer();
        tree.Match(topic, found);
        return found.Items.ToArray().Select(each => ((Subscription)each).Filter).Order(StringComparer.Ordinal);
    }

    private static Subscription Of(string filter, MqttQoS qos = MqttQoS.AtMostOnce) => new(NewSession(), new(filter, qos), 0);

    private static Session NewSession() => new(new("", Guid.NewGuid().ToString()), new(), TimeProvider.System, new(), new(long.MaxValue), NullLogger.Instance);
}
