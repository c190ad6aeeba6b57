using System.Globalization;
using System.Text;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Load;

/// <summary>
/// One device: publishes one reading a message with QoS 1 and its own time, at a fixed pace, and remembers what was
/// acknowledged. What was not is sent again, to the same key, after it has connected anew.
/// </summary>
public sealed class Meter(string id, string secret, long firstMs, TimeSpan pace)
{
    // Readings of one meter are this far apart in event time, so that each has a key of its own.
    private const long StepMs = 1;

    private readonly HashSet<long> acknowledged = [];

    public string Id => id;

    /// <summary>Numbers of the readings that the server acknowledged; reading n has the value n and the time first + n ms.</summary>
    public IReadOnlySet<long> Acknowledged => acknowledged;

    public long Sent { get; private set; }

    public long Resent { get; private set; }

    /// <summary>Connections made; one more than were lost.</summary>
    public int Connections { get; private set; }

    /// <summary>Publishes until <paramref name="count"/> readings are acknowledged, through any number of lost connections.</summary>
    public async Task RunAsync(long count, Func<(string Host, int Port)> address, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var unsure = new Queue<long>();
        long next = 0;
        while (acknowledged.Count < count)
        {
            try
            {
                await using var client = await ConnectAsync(address(), cancellation);
                Connections++;
                var inFlight = new List<(long Number, Task<MqttReasonCode> Answer)>();
                while (acknowledged.Count < count)
                {
                    while (unsure.TryDequeue(out var number))
                    {
                        Resent++;
                        inFlight.Add((number, PublishAsync(client, number, cancellation)));
                    }

                    var due = Math.Min(count, (long)(clock.GetElapsedTime(started) / pace) + 1);
                    for (; next < due; next++)
                    {
                        inFlight.Add((next, PublishAsync(client, next, cancellation)));
                    }

                    if (!await SettleAsync(inFlight, unsure))
                    {
                        break;
                    }

                    await Task.Delay(pace < TimeSpan.FromMilliseconds(5) ? TimeSpan.FromMilliseconds(5) : pace, clock, cancellation);
                }

                await DrainAsync(inFlight, unsure);
            }
            catch (MqttClientException)
            {
                // The server is gone or not back yet; try again in a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellation);
            }
        }
    }

    private Task<MqttReasonCode> PublishAsync(MqttClient client, long number, CancellationToken cancellation)
    {
        Sent++;
        var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{firstMs + (number * StepMs)},\"values\":{{\"value\":{number}}}}}");
        return client.PublishAsync($"jw/{id}/readings", Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce, cancel: cancellation);
    }

    // Takes the answers that are there, in order; false when the connection broke.
    private async Task<bool> SettleAsync(List<(long Number, Task<MqttReasonCode> Answer)> inFlight, Queue<long> unsure)
    {
        var settled = 0;
        foreach (var (number, answer) in inFlight)
        {
            if (!answer.IsCompleted)
            {
                break;
            }

            if (!await TakeAsync(number, answer, unsure))
            {
                inFlight.RemoveRange(0, settled + 1);
                return false;
            }

            settled++;
        }

        inFlight.RemoveRange(0, settled);
        return true;
    }

    private async Task DrainAsync(List<(long Number, Task<MqttReasonCode> Answer)> inFlight, Queue<long> unsure)
    {
        foreach (var (number, answer) in inFlight)
        {
            await TakeAsync(number, answer, unsure);
        }
    }

    private async Task<bool> TakeAsync(long number, Task<MqttReasonCode> answer, Queue<long> unsure)
    {
        try
        {
            if (await answer is var reason && (byte)reason < 0x80)
            {
                acknowledged.Add(number);
                return true;
            }
        }
        catch (MqttClientException)
        {
            // Not acknowledged: the server may or may not have it.
        }

        unsure.Enqueue(number);
        return false;
    }

    private Task<MqttClient> ConnectAsync((string Host, int Port) address, CancellationToken cancellation) =>
        MqttClient.ConnectAsync(
            new MqttClientOptions { Host = address.Host, Port = address.Port, ClientId = id, UserName = id, Password = secret }, cancellation);
}
