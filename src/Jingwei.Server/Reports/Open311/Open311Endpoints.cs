using Jingwei.Civic.Open311;
using Jingwei.Server.Access;
using Jingwei.Server.Reports.Intake;

namespace Jingwei.Server.Reports.Open311;

/// <summary>Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): services, requests, and their states, as XML and JSON.</summary>
internal static class Open311Endpoints
{
    private const string Root = "/open311/v2";
    private const string Fault = "The format is xml or json.";

    public static void MapOpen311(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        Open(routes.MapGet(Root + "/services.{format}", Services), options).WithSummary("What citizens may report (Open311 GeoReport v2).");
        Open(routes.MapGet(Root + "/services/{code}.{format}", Definition), options).WithSummary("What is asked for one of them; nothing but place and description.");
        routes.MapPost(Root + "/requests.{format}", SendAsync).AllowAnonymous().WithMetadata(new BodyLimit(Open311Limits.Default.Bytes))
            .WithSummary("Takes a request of a citizen in; api_key is an API token with the right to operate.");
        routes.MapGet(Root + "/requests.{format}", Requests).Requires(Right.View).WithSummary("Requests and their states.");
        routes.MapGet(Root + "/requests/{id}.{format}", Request).Requires(Right.View).WithSummary("A request and its state.");
        routes.MapGet(Root + "/tokens/{token}.{format}", Token).Requires(Right.View).WithSummary("The id that a token stands for: ids are given at once, and are their own tokens.");
    }

    private static RouteHandlerBuilder Open(RouteHandlerBuilder route, ServerOptions options) => options.PublicOpen311 ? route.AllowAnonymous() : route.Requires(Right.View);

    private static IResult Services(string format, Open311Services services) =>
        Answer(format, StatusCodes.Status200OK, (stream, kind) => Open311Writer.Write(stream, kind, services.All.Select(each => each.Listing)));

    private static IResult Definition(string code, string format, Open311Services services) => services.Find(code) is null
        ? Refused(format, [new(StatusCodes.Status404NotFound, "service_code provided was not found.")])
        : Answer(format, StatusCodes.Status200OK, (stream, kind) => Open311Writer.Write(stream, kind, new ServiceDefinition(code, [])));

    private static async Task<IResult> SendAsync(
        string format, HttpContext context, Authenticator authenticator, Open311Services services, ReportIntake intake, Attachments attachments, TimeProvider time, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellation);
        var form = Open311Form.Read(body.ToArray(), context.Request.ContentType);
        // Whoever may not send is told nothing of what is wrong with what he sends.
        var key = form.Value?.Fields.GetValueOrDefault("api_key") is [var sent, ..] ? sent : HttpSignIn.ShownToken(context.Request);
        var caller = key is null ? null : authenticator.ByToken(key);
        if (caller?.Grants.FirstOrDefault(grant => (int)grant.Role >= (int)Right.Operate) is not { } grant)
        {
            return Refused(format, [new(StatusCodes.Status403Forbidden, "Invalid api_key received -- can't proceed with create_request.")]);
        }

        if (form.Value is null)
        {
            return Refused(format, form.Errors);
        }

        var request = NewServiceRequest.Read(form.Value.Fields);
        if (request.Value is null)
        {
            return Refused(format, request.Errors);
        }

        if (services.Find(request.Value.ServiceCode) is not { } service)
        {
            return Refused(format, [new(StatusCodes.Status404NotFound, "service_code provided was not found.")]);
        }

        var files = new List<ReportFile>();
        foreach (var attached in form.Value.Files)
        {
            var (file, fault) = await attachments.TakeAsync(Path.GetFileName(attached.FileName), new MemoryStream(attached.Content.ToArray(), writable: false), cancellation);
            if (file is null)
            {
                return Refused(format, [new(StatusCodes.Status400BadRequest, fault!)]);
            }

            files.Add(file);
        }

        try
        {
            var report = Open311Requests.Report(
                request.Value, service.Listing, service.Type.Id, grant.Party, grant.Region, service.Type.Source, time.GetUtcNow(), new("application/x-www-form-urlencoded", Kept(form.Value))) with
            {
                Files = files,
            };
            var receipt = intake.Receive(caller, [report])![0];
            return Answer(format, StatusCodes.Status201Created, (stream, kind) => Open311Writer.Write(stream, kind, new RequestReceipt(receipt.Id, null, null, null)));
        }
        catch (ReportsFullException full)
        {
            return Refused(format, [new(StatusCodes.Status503ServiceUnavailable, full.Message)]);
        }
    }

    private static IResult Requests(Caller caller, string format, HttpRequest http, Open311Requests requests, TimeProvider time)
    {
        var query = RequestQuery.Read(http.Query.ToDictionary(each => each.Key, each => (IReadOnlyList<string>)[.. each.Value.OfType<string>()], StringComparer.Ordinal), time.GetUtcNow());
        return query.Value is null
            ? Refused(format, query.Errors)
            : Answer(format, StatusCodes.Status200OK, (stream, kind) => Open311Writer.Write(stream, kind, requests.Read(caller, query.Value)));
    }

    private static IResult Request(Caller caller, string id, string format, Open311Requests requests)
    {
        var found = requests.Read(caller, new(null, [id], [], default, default, [], 1, 1));
        return found.Count == 0
            ? Refused(format, [new(StatusCodes.Status404NotFound, "service_request_id provided was not found.")])
            : Answer(format, StatusCodes.Status200OK, (stream, kind) => Open311Writer.Write(stream, kind, found));
    }

    private static IResult Token(Caller caller, string token, string format, ReportView view) => view.Find(caller, token) is not { Channel: (long)ReportChannel.Open311 }
        ? Refused(format, [new(StatusCodes.Status404NotFound, "token provided was not found.")])
        : Answer(format, StatusCodes.Status200OK, (stream, kind) => Open311Writer.Write(stream, kind, new RequestToken(token, token)));

    // As it came, but for the key, which is nobody's to read.
    private static byte[] Kept(Open311Form form) => System.Text.Encoding.UTF8.GetBytes(string.Join('&', form.Fields.Where(field => field.Key != "api_key")
        .SelectMany(field => field.Value.Select(value => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(value)}"))));

    private static IResult Refused(string format, IReadOnlyList<Open311Error> errors) =>
        Answer(format, errors.Max(error => error.Code), (stream, kind) => Open311Writer.Write(stream, kind, errors));

    private static IResult Answer(string format, int status, Action<Stream, Open311Format> write)
    {
        if (!Enum.TryParse<Open311Format>(format, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
        {
            return Problems.Invalid("bad-format", Fault);
        }

        using var body = new MemoryStream();
        write(body, kind);
        return new Written(status, Open311Writer.ContentType(kind), body.ToArray());
    }

    private sealed record Written(int Status, string ContentType, byte[] Body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = ContentType;
            await httpContext.Response.Body.WriteAsync(Body);
        }
    }
}
