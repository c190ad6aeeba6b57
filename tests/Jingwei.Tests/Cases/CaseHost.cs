using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Hosting;
using Jingwei.Server.Notifications;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jingwei.Tests.Cases;

/// <summary>The slice over real HTTP, with real sign-in; wang operates, li is an engineer, guest looks, stranger is of another party.</summary>
internal sealed class CaseHost : IAsyncDisposable
{
    private const string Password = "correct horse battery";
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-cases-").FullName;
    private WebApplication? app;
    private HttpClient? http;

    public Database Database => app!.Services.GetRequiredService<Database>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Service<T>() where T : notnull => app!.Services.GetRequiredService<T>();

    /// <param name="notifications">With that slice too.</param>
    public async Task StartAsync(PackSet packs, bool notifications = false)
    {
        var options = new ServerOptions(folder, new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton(new Database(Path.Combine(folder, "jingwei.db")))
            .AddSingleton(new PackCatalog(packs)).AddPackStore()
            .ConfigureHttpJsonOptions(json => ServerApp.Speak(json.SerializerOptions))
            .AddAccess().AddDirectory().AddSingleton<Alarms>().AddCases();
        if (notifications)
        {
            builder.Services.AddNotifications(options);
        }

        app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAccess();
        app.MapDirectory();
        app.MapCases();
        if (notifications)
        {
            app.MapNotifications();
        }

        app.Services.AddFirstUser(Password);
        app.Services.GetRequiredService<Parties>().Add(new Party("other", "二厂", "root", "Asia/Shanghai"));
        AddUser("li", Role.Engineer, "root");
        AddUser("wang", Role.Operator, "root");
        AddUser("guest", Role.Viewer, "root");
        AddUser("stranger", Role.Administrator, "other");
        await app.Services.GetRequiredService<Things>().AddAsync(
            new Thing("m-01", "machine", "M-01", "root", "root", null, null, DateTimeOffset.UnixEpoch, 1), Cancellation);
        await app.StartAsync(Cancellation);
        http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
        {
            // What was answered may still be written to the audit: the folder goes when nobody writes in it any more.
            var database = Database;
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            database.Dispose();
        }

        System.IO.Directory.Delete(folder, true);
    }

    public async Task<JsonNode> GetAsync(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var answer = await SendAsync(token, request);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body;
    }

    public Task<CaseAnswer> PostAsync(string token, string path, string body, string? key = null, string? ifMatch = null) =>
        SendAsync(token, path, new StringContent(body, Encoding.UTF8, "application/json"), key, ifMatch);

    public async Task<CaseAnswer> SendAsync(string token, string path, HttpContent content, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await SendAsync(token, request);
    }

    public async Task<CaseAnswer> SendAsync(string token, HttpRequestMessage request)
    {
        using var response = await RawAsync(token, request);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        return new CaseAnswer(response.StatusCode, JsonNode.Parse(body)!, response.Headers.Location?.ToString(), response.Headers.ETag?.Tag);
    }

    public Task<HttpResponseMessage> RawAsync(string token, HttpRequestMessage request)
    {
        request.Headers.Authorization = new("Bearer", token);
        return http!.SendAsync(request, Cancellation);
    }

    public async Task<string> SignInAsync(string user)
    {
        using var response = await http!.PostAsJsonAsync("/api/login", new { user, password = Password }, Cancellation);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["token"]!;
    }

    private void AddUser(string id, Role role, string party)
    {
        var users = app!.Services.GetRequiredService<Users>();
        users.Add(id, id, party, Password);
        users.AddGrant(id, role, party, "root");
    }
}

/// <summary>What came back.</summary>
internal sealed record CaseAnswer(HttpStatusCode Status, JsonNode Body, string? Location, string? Tag);
