using System.Text;
using Jingwei.Fieldbus.Sparkplug;

namespace Jingwei.Tests.Fieldbus;

public sealed class SparkplugTopicTests
{
    [Theory]
    [InlineData("spBv1.0/Mill/NBIRTH/E1", SparkplugMessage.NodeBirth, null)]
    [InlineData("spBv1.0/Mill/NDEATH/E1", SparkplugMessage.NodeDeath, null)]
    [InlineData("spBv1.0/Mill/DBIRTH/E1/Press 7", SparkplugMessage.DeviceBirth, "Press 7")]
    [InlineData("spBv1.0/Mill/DDEATH/E1/Press 7", SparkplugMessage.DeviceDeath, "Press 7")]
    [InlineData("spBv1.0/Mill/NDATA/E1", SparkplugMessage.NodeData, null)]
    [InlineData("spBv1.0/Mill/DDATA/E1/Press 7", SparkplugMessage.DeviceData, "Press 7")]
    [InlineData("spBv1.0/Mill/NCMD/E1", SparkplugMessage.NodeCommand, null)]
    [InlineData("spBv1.0/Mill/DCMD/E1/Press 7", SparkplugMessage.DeviceCommand, "Press 7")]
    public void A_topic_says_what_it_is_of(string text, SparkplugMessage message, string? device)
    {
        var topic = SparkplugTopic.Parse(text);
        Assert.Equal(new(message, "Mill", "E1", device), topic);
        Assert.Equal(text, topic.ToString());
    }

    [Theory]
    [InlineData("spAv1.0/Mill/NBIRTH/E1")]
    [InlineData("spBv1.0/Mill/NBIRTH")]
    [InlineData("spBv1.0/Mill/NBIRTH/E1/D1")] // tck-id-topic-structure-namespace-device-id-non-associated-message-types
    [InlineData("spBv1.0/Mill/DBIRTH/E1")] // tck-id-topic-structure-namespace-device-id-associated-message-types
    [InlineData("spBv1.0/Mill/DBIRTH/E1/D1/x")]
    [InlineData("spBv1.0/Mill/nbirth/E1")]
    [InlineData("spBv1.0//NBIRTH/E1")]
    [InlineData("spBv1.0/Mill/NBIRTH/+")] // tck-id-intro-edge-node-id-chars
    [InlineData("spBv1.0/STATE/jingwei")]
    public void What_is_no_topic_of_Sparkplug_is_told_apart(string text) => Assert.Null(SparkplugTopic.Parse(text));

    [Fact]
    public void The_state_of_a_host_has_two_keys()
    {
        // tck-id-host-topic-phid-birth-payload
        Assert.Equal("spBv1.0/STATE/jingwei", HostState.TopicOf("jingwei"));
        Assert.Equal("""{"online":true,"timestamp":1486144502122}""", Encoding.UTF8.GetString(HostState.Write(true, 1_486_144_502_122)));
    }
}
