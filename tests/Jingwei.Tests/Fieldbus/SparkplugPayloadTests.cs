using System.Text;
using Jingwei.Fieldbus.Sparkplug;

namespace Jingwei.Tests.Fieldbus;

/// <summary>Payloads as npm sparkplug-payload 1.0.3 writes them, which is the reference library's encoding.</summary>
public sealed class SparkplugPayloadTests
{
    private const ulong Time = 1_486_144_502_122;

    private const string Kinds =
        "08eaf2f5a8a02b120c0a026938200150fbffffff0f120d0a03693136200250d4fdffff0f120d0a0369333220035090ddfbff0f12120a0369363420045880ccbbbcdeffffffff01"
        + "12090a027538200550c801120b0a03753136200650e0d403120d0a0375333220075880d0acf30e12100a03753634200858ffffffffffffff0f120a0a01662009650000c03f120e"
        + "0a0164200a6900000000000002c012070a0162200b7001120d0a0173200c7a06e4b8bbe8bdb412070a0174200d5800120b0a0178200e7a0474657874120b0a0175200f7a043966"
        + "3063120c0a02627920118201030102031803";

    private const string Birth =
        "08eaf2f5a8a02b120b0a05626453657120085807121a0a144e6f646520436f6e74726f6c2f52656269727468200b700012330a0b4d6f746f722f5370656564101118e5f2f5a8a0"
        + "2b200a4a100a075175616c6974791205080318f403690000000000229740120b0a034f6c64200328015004120a0a04476f6e65200a380112140a054272696566200a300169"
        + "000000000000f03f1800";

    private const string Template =
        "08eaf2f5a8a02b123a0a074d6f746f722041201392012c0a0131120b0a0452504d73200350b00912110a04414d5073200a690000000000000c4022054d6f746f72280012250a0d"
        + "5f74797065735f2f4d6f746f7220139201110a0131120a0a0452504d732003500028011802";

    [Theory]
    [InlineData("i8", -5)]
    [InlineData("i16", -300)]
    [InlineData("i32", -70_000)]
    [InlineData("i64", -9_000_000_000)]
    [InlineData("u8", 200)]
    [InlineData("u16", 60_000)]
    [InlineData("u32", 4_000_000_000)]
    [InlineData("u64", 9_007_199_254_740_991)]
    [InlineData("f", 1.5)]
    [InlineData("d", -2.25)]
    public void A_number_of_each_type_is_what_was_sent(string name, double expected)
    {
        var metric = Find(Kinds, name);
        Assert.True(metric.TryNumber(metric.DataType, out var number));
        Assert.Equal(expected, number);
    }

    [Fact]
    public void Text_booleans_and_bytes_are_what_was_sent()
    {
        Assert.Equal("主轴", Find(Kinds, "s").Text());
        Assert.Equal("text", Find(Kinds, "x").Text());
        Assert.Equal("9f0c", Find(Kinds, "u").Text());
        Assert.Equal((SparkplugValue.Boolean, 1UL), (Find(Kinds, "b").Kind, Find(Kinds, "b").Bits));
        Assert.Equal([1, 2, 3], Find(Kinds, "by").Bytes.ToArray());
        Assert.False(Find(Kinds, "s").TryNumber(SparkplugDataType.String, out _));
    }

    [Fact]
    public void A_payload_has_its_time_and_number()
    {
        Assert.True(SparkplugPayload.TryRead(Convert.FromHexString(Kinds), out var payload));
        Assert.Equal((Time, 3UL), (payload.Timestamp, payload.Seq));
        Assert.Null(payload.BirthDeathSequence());
    }

    [Fact]
    public void A_birth_says_alias_time_quality_and_what_its_metrics_are()
    {
        Assert.True(SparkplugPayload.TryRead(Convert.FromHexString(Birth), out var payload));
        Assert.Equal(7UL, payload.BirthDeathSequence());
        var speed = Find(Birth, "Motor/Speed");
        Assert.Equal((17UL, Time - 5, SparkplugDataType.Double), (speed.Alias, speed.Timestamp, speed.DataType));
        // 500 is stale [tck-id-payloads-propertyset-quality-value-value], an Int32 [tck-id-payloads-propertyset-quality-value-type].
        Assert.Equal(500UL, speed.Quality);
        Assert.True(Find(Birth, "Old").IsHistorical);
        Assert.True(Find(Birth, "Brief").IsTransient);
        Assert.True(Find(Birth, "Gone").IsNull);
        Assert.Equal(SparkplugValue.None, Find(Birth, "Gone").Kind);
    }

    [Fact]
    public void A_template_has_members_and_says_whether_it_is_a_definition()
    {
        var members = new List<string>();
        foreach (var member in Find(Template, "Motor A").Template.Metrics)
        {
            member.TryNumber(member.DataType, out var number);
            members.Add($"{Encoding.UTF8.GetString(member.Name)} {number}");
        }

        Assert.Equal(["RPMs 1200", "AMPs 3.5"], members);
        Assert.False(Find(Template, "Motor A").Template.IsDefinition);
        Assert.True(Find(Template, "_types_/Motor").Template.IsDefinition);
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_read_or_refused_and_harms_nothing()
    {
        foreach (var vector in (string[])[Kinds, Birth, Template])
        {
            var whole = Convert.FromHexString(vector);
            for (var at = 0; at < whole.Length; at++)
            {
                Walk(whole.AsSpan(0, at));
                for (var bit = 0; bit < 8; bit++)
                {
                    var flipped = whole.ToArray();
                    flipped[at] ^= (byte)(1 << bit);
                    Walk(flipped);
                }
            }
        }
    }

    [Theory]
    [InlineData("08ffffffffffffffffffff01")] // A varint of eleven bytes.
    [InlineData("0a")] // A tag without a value.
    [InlineData("1205")] // A metric longer than the payload.
    [InlineData("0b")] // A group, which Sparkplug has none of.
    [InlineData("00")] // Field 0.
    [InlineData("0a0131")] // The time as bytes.
    [InlineData("12020a05")] // A metric whose name is longer than itself.
    [InlineData("12026801")] // A double that is a varint.
    public void What_is_no_payload_is_refused(string hex) => Assert.False(SparkplugPayload.TryRead(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_rebirth_request_is_what_the_reference_library_writes()
    {
        var command = new SparkplugCommand((long)Time);
        command.Set(SparkplugCommand.Rebirth, null, true);
        Assert.Equal(
            "08eaf2f5a8a02b12210a144e6f646520436f6e74726f6c2f5265626972746818eaf2f5a8a02b200b7001", Convert.ToHexStringLower(command.ToArray()));
    }

    [Fact]
    public void A_command_by_alias_has_no_name_and_a_negative_integer_32_bits()
    {
        var command = new SparkplugCommand((long)Time);
        Assert.True(command.TrySet("Motor/Speed", 17, SparkplugDataType.Double, 12.5));
        Assert.True(command.TrySet("n", null, SparkplugDataType.Int32, -1));
        Assert.Equal("08eaf2f5a8a02b1214101118eaf2f5a8a02b200a69000000000000294012120a016e18eaf2f5a8a02b200350ffffffff0f", Convert.ToHexStringLower(command.ToArray()));
    }

    [Theory]
    [InlineData(SparkplugDataType.Int8, 127, 128)]
    [InlineData(SparkplugDataType.Int16, -32_768, -32_769)]
    [InlineData(SparkplugDataType.UInt32, 4_294_967_295, 4_294_967_296)]
    [InlineData(SparkplugDataType.Int64, -9_223_372_036_854_775_808.0, 9_223_372_036_854_775_808.0)]
    [InlineData(SparkplugDataType.UInt64, 1, 18_446_744_073_709_551_616.0)]
    [InlineData(SparkplugDataType.Int32, 2, 2.5)]
    [InlineData(SparkplugDataType.Float, 1, 1e39)]
    [InlineData(SparkplugDataType.Double, 1e39, double.NaN)]
    public void A_command_takes_what_its_type_holds_and_nothing_else(SparkplugDataType type, double fits, double doesNot)
    {
        var command = new SparkplugCommand((long)Time);
        Assert.False(command.TrySet("n", null, type, doesNot));
        Assert.True(command.TrySet("n", null, type, fits));
        Assert.True(SparkplugPayload.TryRead(command.ToArray(), out var payload));
        foreach (var metric in payload.Metrics)
        {
            Assert.True(metric.TryNumber(type, out var number));
            Assert.Equal(fits, number);
        }
    }

    private static void Walk(ReadOnlySpan<byte> bytes)
    {
        if (!SparkplugPayload.TryRead(bytes, out var payload))
        {
            return;
        }

        foreach (var metric in payload.Metrics)
        {
            _ = metric.Quality;
            metric.TryNumber(metric.DataType, out _);
            foreach (var member in metric.Template.Metrics)
            {
                _ = member.Text();
            }
        }
    }

    private static SparkplugMetric Find(string hex, string name)
    {
        Assert.True(SparkplugPayload.TryRead(Convert.FromHexString(hex), out var payload));
        foreach (var metric in payload.Metrics)
        {
            if (metric.Name.SequenceEqual(Encoding.UTF8.GetBytes(name)))
            {
                return metric;
            }
        }

        Assert.Fail($"There is no metric {name}.");
        return default;
    }
}
