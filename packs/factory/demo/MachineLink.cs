using System.Threading.Channels;
using Jingwei.Demo.Factory.Simulation;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Demo.Factory;

/// <summary>
/// One machine's own MQTT 5 connection. Reports wait here while the server is away and are sent again until it has
/// acknowledged them; they carry their time, so that sending twice changes nothing.
/// </summary>
internal sealed class MachineLink : IAsyncDisposable
{
    /// <summary>Reports kept while the server is away: two hours of a live machine. The oldest go first.</summary>
    private const int Waiting = 2400;

    /// <summary>Reports in one message; more wait for the acknowledgement of those before.</summary>
    private const int Together = 200;

    private readonly MqttClientOptions options;
    private readonly TimeProvider time;
    private readonly Journal journal;
    private readonly Channel<Report> reports;
    private readonly SemaphoreSlim connecting = new(1);
    private MqttClient? client;
    private long lost;
    private bool away;

    public MachineLink(Settings settings, Credentials credentials, TimeProvider time, Journal journal)
    {
        Thing = credentials.User;
        this.time = time;
        this.journal = journal;
        options = new MqttClientOptions
        {
            Host = settings.MqttHost,
            Port = settings.MqttPort,
            ClientId = credentials.User,
            UserName = credentials.User,
            Password = credentials.Secret,
            Time = time,
        };
        reports = Channel.CreateBounded<Report>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => lost++);
    }

    public string Thing { get; }

    /// <summary>Answers a command: its id and payload in, the reply out.</summary>
    public Func<ReadOnlyMemory<byte>, byte[]>? OnCommand { get; init; }

    public void Report(Report report) => reports.Writer.TryWrite(report);

    /// <summary>Sends what is reported until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var batch = new List<Report>(Together);
        while (await reports.Reader.WaitToReadAsync(stop))
        {
            batch.Clear();
            while (batch.Count < Together && reports.Reader.TryRead(out var report))
            {
                batch.Add(report);
            }

            await SendAsync($"jw/{Thing}/readings", Payload.Encode(batch), stop);
        }
    }

    /// <summary>Connects where need be and publishes with QoS 1 until the server has answered; false when it refused the message.</summary>
    public async Task<bool> SendAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        while (true)
        {
            var connection = await ConnectedAsync(stop);
            try
            {
                var reason = await connection.PublishAsync(topic, payload, MqttQoS.AtLeastOnce, cancel: stop);
                if (reason != MqttReasonCode.QuotaExceeded)
                {
                    TellRefusal(topic, reason);
                    return (byte)reason < 0x80;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), time, stop);
            }
            catch (MqttClientException e)
            {
                TellAway(e);
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop);
            }
        }
    }

    public async Task<MqttClient> ConnectedAsync(CancellationToken stop)
    {
        await connecting.WaitAsync(stop);
        try
        {
            while (client is null || client.Closed.IsCompleted)
            {
                await ConnectAsync(stop);
            }

            return client;
        }
        finally
        {
            connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisconnectAsync();
            await client.DisposeAsync();
        }

        connecting.Dispose();
        if (lost > 0)
        {
            journal.Write($"{Thing}: {lost} reports were given up while the server was away");
        }
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        if (client is not null)
        {
            await client.DisposeAsync();
            client = null;
        }

        try
        {
            client = await MqttClient.ConnectAsync(options, stop);
            await client.SubscribeAsync($"jw/{Thing}/commands/+", MqttQoS.AtLeastOnce, stop);
            _ = ListenAsync(client, stop);
            TellBack();
        }
        catch (MqttClientException e)
        {
            TellAway(e);
            await Task.Delay(TimeSpan.FromSeconds(2), time, stop);
        }
    }

    private async Task ListenAsync(MqttClient connection, CancellationToken stop)
    {
        try
        {
            await foreach (var message in connection.Messages.ReadAllAsync(stop))
            {
                var id = message.Topic[(message.Topic.LastIndexOf('/') + 1)..];
                if (OnCommand is not null)
                {
                    var reply = OnCommand(message.Payload);
                    await connection.PublishAsync($"jw/{Thing}/replies/{id}", reply, MqttQoS.AtLeastOnce, cancel: stop);
                }
            }
        }
        catch (Exception e) when (e is MqttClientException or OperationCanceledException)
        {
            // The next message to send connects again, and then listens again.
        }
    }

    /// <summary>One line for an outage however many attempts it takes.</summary>
    private void TellAway(MqttClientException cause)
    {
        if (!away)
        {
            away = true;
            journal.Write($"{Thing}: the server is away ({cause.Message}); trying until it is back");
        }
    }

    private void TellBack()
    {
        if (away)
        {
            away = false;
            journal.Write($"{Thing}: connected again");
        }
    }

    private void TellRefusal(string topic, MqttReasonCode reason)
    {
        if ((byte)reason >= 0x80)
        {
            journal.Write($"{Thing}: the server refused a message on {topic}: {reason}");
        }
    }
}
