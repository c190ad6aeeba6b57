using Jingwei.Mqtt;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;

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

        using var tree = new SubscriptionTree();
        var found = new List<SubscriptionMatch>();
        Assert.True(tree.Set(NewSession(), new(new(filter, MqttQoS.AtMostOnce), 0)));
        tree.Match(topic, found);
        Assert.Equal(matches ? 1 : 0, found.Count);
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
        using var tree = new SubscriptionTree();
        var (one, two) = (NewSession(), NewSession());
        tree.Set(one, new(new("a/b/c", MqttQoS.AtMostOnce), 0));
        tree.Set(two, new(new("a/b", MqttQoS.AtMostOnce), 0));
        Assert.False(tree.Set(two, new(new("a/b", MqttQoS.AtLeastOnce), 0)));
        Assert.True(tree.Remove(one, "a/b/c"));
        Assert.False(tree.Remove(one, "a/b/c"));
        Assert.False(tree.Remove(one, "a/b"));

        var found = new List<SubscriptionMatch>();
        tree.Match("a/b/c", found);
        Assert.Empty(found);
        tree.Match("a/b", found);
        Assert.Equal(MqttQoS.AtLeastOnce, Assert.Single(found).Subscription.Request.QoS);
    }

    [Fact]
    public void The_tree_and_the_plain_match_agree()
    {
        string[] levels = ["", "a", "b", "$s", "+", "#"];
        var filters = (from x in levels from y in levels from z in levels select $"{x}/{y}/{z}")
            .Concat(from x in levels from y in levels select $"{x}/{y}").Concat(levels).Where(filter => MqttTopicFilter.IsTopicFilter(filter)).ToList();
        var topics = (from x in levels from y in levels from z in levels select $"{x}/{y}/{z}")
            .Concat(from x in levels from y in levels select $"{x}/{y}").Concat(levels).Where(topic => MqttTopicFilter.IsTopicName(topic)).ToList();
        using var tree = new SubscriptionTree();
        var session = NewSession();
        filters.ForEach(filter => tree.Set(session, new(new FilterRequest(filter, MqttQoS.AtMostOnce), 0)));
        foreach (var topic in topics)
        {
            var found = new List<SubscriptionMatch>();
            tree.Match(topic, found);
            Assert.Equal(
                filters.Where(filter => MqttTopicFilter.Matches(filter, topic)).Order(StringComparer.Ordinal),
                found.Select(match => match.Subscription.Request.Filter).Order(StringComparer.Ordinal));
        }
    }

    private static Session NewSession() => new(new("", Guid.NewGuid().ToString()), new(), TimeProvider.System, new());
}
