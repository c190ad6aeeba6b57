using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Feeds;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Telling;

/// <summary>The ways by which what is said comes to the server.</summary>
internal sealed class Ways(Api desk, FeedHost feeds, DayClock clock, Told told, Journal journal)
{
    private readonly Table table = new(desk);

    /// <summary>Tells a line; a server that refuses it is noted, and the day goes on.</summary>
    public async Task TellAsync(Said said, CancellationToken stop)
    {
        try
        {
            await TellAsync(Utterance.Of(said, clock), stop);
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            journal.Write($"{said.Truth} was not taken: {e.Message}");
        }
    }

    /// <summary>Uploads the rows that have come together.</summary>
    public async Task UploadAsync(CancellationToken stop)
    {
        try
        {
            await table.UploadAsync(stop);
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            journal.Write($"the table was not taken: {e.Message}");
        }
    }

    private async Task TellAsync(Utterance utterance, CancellationToken stop)
    {
        switch (utterance.Said.Source.Way)
        {
            case Way.Atom:
                feeds.News.Add(utterance);
                break;
            case Way.Rss:
                feeds.Radio.Add(utterance);
                break;
            case Way.Table:
                table.Add(utterance);
                break;
            case Way.Request:
                var receipts = await desk.PostAsync("open311/v2/requests.json", Request(utterance), stop);
                told.Note((string)receipts[0]!["service_request_id"]!, utterance.Said.Story);
                break;
            case Way.Form:
                Note(utterance, await desk.PostAsync("api/reports", Form(utterance), stop));
                break;
            default:
                Note(utterance, await desk.PostAsync("api/reports", Report(utterance), stop));
                break;
        }
    }

    private void Note(Utterance utterance, JsonNode answer) => told.Note((string)answer["id"]!, utterance.Said.Story);

    private static JsonObject Report(Utterance utterance)
    {
        var said = utterance.Said;
        var report = new JsonObject
        {
            ["party"] = Registration.Party,
            ["sourceKind"] = said.Source.Kind,
            ["source"] = said.SourceName,
            ["text"] = utterance.Text,
            ["time"] = utterance.At,
            ["external"] = utterance.External,
        };
        if (said.Source.KnowsItsRegion)
        {
            report["region"] = said.Story.Region;
        }

        return report;
    }

    // Who asks by this way has no field for an id of his own: the device's bears it.
    private static FormUrlEncodedContent Request(Utterance utterance)
    {
        var said = utterance.Said;
        var request = new Dictionary<string, string>
        {
            ["service_code"] = said.Line.Service!,
            ["description"] = utterance.Text,
            ["address_string"] = said.Line.Place!,
            ["first_name"] = said.SourceName,
            ["device_id"] = utterance.External,
        };
        if (said.Point is { } point)
        {
            request["lat"] = point.Lat.ToString(CultureInfo.InvariantCulture);
            request["long"] = point.Lon.ToString(CultureInfo.InvariantCulture);
        }

        return new FormUrlEncodedContent(request);
    }

    private static MultipartFormDataContent Form(Utterance utterance)
    {
        var said = utterance.Said;
        var form = new MultipartFormDataContent
        {
            { new StringContent(Registration.Party), "party" },
            { new StringContent(said.Source.Kind), "sourceKind" },
            { new StringContent(said.SourceName), "source" },
            { new StringContent(utterance.Text), "text" },
            { new StringContent(utterance.At.ToString("O", CultureInfo.InvariantCulture)), "time" },
            { new StringContent(utterance.External), "external" },
        };
        if (said.Line.Place is { } place)
        {
            form.Add(new StringContent(place), "place");
        }

        if (said.Point is { } point)
        {
            form.Add(new StringContent(point.Lon.ToString(CultureInfo.InvariantCulture)), "lon");
            form.Add(new StringContent(point.Lat.ToString(CultureInfo.InvariantCulture)), "lat");
        }

        if (said.Line.Picture is { } picture)
        {
            var file = new ByteArrayContent(Shipped.Bytes($"{picture}.png"));
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(file, "photo", $"{picture}.png");
        }

        return form;
    }
}
