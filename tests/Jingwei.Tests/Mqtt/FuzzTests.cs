using FsCheck;
using FsCheck.Fluent;
using Jingwei.Mqtt;

namespace Jingwei.Tests.Mqtt;

/// <summary>Whatever bytes come, the server answers or closes, logs no error, and serves the next client.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Seeds =
    [
        "30 06 00 03 61 2F 62 00",
        "32 09 00 03 61 2F 62 00 01 00 78",
        "34 16 00 03 61 2F 62 00 02 0D 01 01 02 00 00 00 3C 26 00 01 6B 00 01 76 78",
        "62 02 00 02",
        "82 0F 00 01 02 0B 07 00 03 61 2F 23 09 00 01 2B 02",
        "A2 08 00 01 00 00 03 61 2F 62",
        "40 02 00 01",
        "50 0A 00 02 99 06 1F 00 03 62 61 64",
        "C0 00",
        "E0 07 04 05 11 00 00 00 3C",
        "F0 00",
    ];

    [Fact]
    public async Task Random_mutated_and_cut_packets_never_break_the_server()
    {
        await using var server = await TestServer.StartAsync();
        var streams = Inputs().Sample(20, 400);
        foreach (var (connect, bytes) in streams)
        {
            using var client = await server.OpenAsync();
            if (connect)
            {
                await client.SendAsync(RawClient.ConnectV5);
            }

            await client.SendThenFinishAsync(bytes);
            await client.ReadToEndAsync();
        }

        await using var next = await server.ConnectAsync();
        Assert.Equal(MqttReasonCode.Success, await next.PublishAsync("a", default, MqttQoS.ExactlyOnce, cancel: TestContext.Current.CancellationToken));
    }

    private static Gen<(bool Connect, byte[] Bytes)> Inputs()
    {
        var octet = Gen.Choose(0, 255).Select(value => (byte)value);
        var noise = octet.ArrayOf();
        var seed = Gen.Elements(Seeds.Append(RawClient.ConnectV5).Append(RawClient.ConnectV311).Select(RawClient.Bytes).ToArray());
        var mutated =
            from bytes in seed
            from at in Gen.Choose(0, bytes.Length - 1)
            from value in octet
            select bytes[..at].Append(value).Concat(bytes[(at + 1)..]).ToArray();
        var cut = from bytes in seed from length in Gen.Choose(0, bytes.Length) select bytes[..length];
        var piece = Gen.OneOf(noise, seed, mutated, mutated, cut);
        return
            from connect in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
            from pieces in piece.ArrayOf()
            select (connect, pieces.SelectMany(bytes => bytes).ToArray());
    }
}
