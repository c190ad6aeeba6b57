using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Jingwei.Acceptance.Reports;

/// <summary>A client of Open311 GeoReport v2, as its specification describes one.</summary>
public sealed class Open311Tests : IAsyncLifetime
{
    private ReportHost host = null!;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        host = await ReportHost.StartAsync("--public-open311");
        var answer = await host.Server.Admin.PostAsJsonAsync("/api/tokens", new { name = "citizens", role = "operator", party = "root", region = "330300" });
        answer.EnsureSuccessStatusCode();
        key = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["token"]!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_request_is_sent_found_and_closed_with_its_incident()
    {
        var services = XDocument.Parse(await host.Server.Anonymous.GetStringAsync("/open311/v2/services.xml"));
        var code = (string)services.Root!.Element("service")!.Element("service_code")!;
        var sent = await SendAsync("xml", ("api_key", key), ("service_code", code), ("lat", "27.8"), ("long", "120.6"), ("description", "瑞安市塘下镇路面塌陷"), ("first_name", "王"), ("phone", "13800000000"));
        Assert.Equal((HttpStatusCode.Created, "text/xml"), (sent.StatusCode, sent.Content.Headers.ContentType!.MediaType));
        var id = (string)XDocument.Parse(await sent.Content.ReadAsStringAsync()).Root!.Element("request")!.Element("service_request_id")!;

        var report = await host.Server.UntilAsync($"/api/reports/{id}", found => (string)found["report"]!["state"]! == "settled");
        Assert.Equal(("open311", "330381"), ((string)report["report"]!["channel"]!, (string)report["report"]!["region"]!));
        // The key is a secret, and is kept nowhere.
        Assert.DoesNotContain(key, await host.Server.Admin.GetStringAsync($"/api/reports/{id}/original"), StringComparison.Ordinal);

        Assert.Equal("open", (string)(await RequestAsync(id))["status"]!);
        var incident = (string)report["report"]!["incident"]!;
        (await host.Server.Admin.PostAsJsonAsync($"/api/cases/{incident}/transitions/close", new { })).EnsureSuccessStatusCode();
        await host.Server.UntilAsync($"/api/incidents/{incident}", found => !(bool)found["incident"]!["open"]!);
        var closed = await RequestAsync(id);
        Assert.Equal(("closed", code), ((string)closed["status"]!, (string)closed["service_code"]!));
        Assert.Equal(27.8, (double)closed["lat"]!);
        Assert.Empty((await host.Server.Admin.GetFromJsonAsync<JsonArray>("/open311/v2/requests.json?status=open"))!);
    }

    [Fact]
    public async Task What_is_wrong_is_said_as_the_specification_says_it()
    {
        var noKey = await SendAsync("xml", ("service_code", "event"), ("lat", "27.8"), ("long", "120.6"));
        Assert.Equal((HttpStatusCode.Forbidden, "403"), (noKey.StatusCode, (string)XDocument.Parse(await noKey.Content.ReadAsStringAsync()).Root!.Element("error")!.Element("code")!));
        var noPlace = await SendAsync("json", ("api_key", key), ("service_code", "event"), ("description", "x"));
        Assert.Equal((HttpStatusCode.BadRequest, 400), (noPlace.StatusCode, (int)(await noPlace.Content.ReadFromJsonAsync<JsonArray>())![0]!["code"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("json", ("api_key", key), ("service_code", "none"), ("address_string", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Server.Admin.GetAsync("/open311/v2/requests/none.json")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Server.Anonymous.GetAsync("/open311/v2/requests.json")).StatusCode);
        Assert.Empty((await host.Server.GetAsync("/api/reports"))["items"]!.AsArray());
    }

    private async Task<JsonNode> RequestAsync(string id) => (await host.Server.Admin.GetFromJsonAsync<JsonArray>($"/open311/v2/requests/{id}.json"))!.Single()!;

    private async Task<HttpResponseMessage> SendAsync(string format, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await host.Server.Anonymous.PostAsync($"/open311/v2/requests.{format}", form);
    }
}
