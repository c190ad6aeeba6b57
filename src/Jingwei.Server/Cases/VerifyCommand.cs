using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>`verify --data DIR [--head HEX] [--json]`: says whether the history is as it was written, row by row where it is not.</summary>
public static class VerifyCommand
{
    public const int Intact = 0;
    public const int Altered = 1;
    public const int Unusable = 2;

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <param name="more">Checks what later slices keep of the history, given the data folder and the store.</param>
    public static Command Create(Func<string, SqliteConnection, LedgerVerdict> more)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder of the server's data; the server may be running.",
            DefaultValueFactory = _ => ServerOptions.DefaultData,
        };
        var head = new Option<string?>("--head") { Description = "A head that an earlier run printed: it must still be in the history." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(
            "verify",
            $"Verifies the history of cases and the ledger. Exit code {Intact}: as written; {Altered}: altered, each row named; {Unusable}: nothing to verify.")
        {
            data, head, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(data)!, parsed.GetValue(head), parsed.GetValue(json), more,
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(
        string data, string? head, bool json, Func<string, SqliteConnection, LedgerVerdict> more, TextWriter output, TextWriter error)
    {
        var file = Path.Combine(data, "jingwei.db");
        if (!File.Exists(file))
        {
            error.WriteLine($"{file} does not exist.");
            return Unusable;
        }

        try
        {
            using var store = OpenReadOnly(file);
            var verdict = CaseVerification.Run(store);
            var ledger = more(data, store);
            verdict = verdict with { Altered = [.. verdict.Altered, .. EvidenceVerification.Run(store, new EvidenceFiles(data)), .. ledger.Altered] };
            if (head is not null && !CaseVerification.Holds(store, head))
            {
                verdict = verdict with
                {
                    Altered = [.. verdict.Altered, new AlteredRow("case_event", null, null, null, $"no row has the link {head}: the history was written anew or cut")],
                };
            }

            Print(verdict, ledger.Entries, json, output);
            return verdict.Altered.Count == 0 ? Intact : Altered;
        }
        catch (SqliteException unreadable)
        {
            error.WriteLine($"{file} cannot be read: {unreadable.Message}");
            return Unusable;
        }
    }

    private static SqliteConnection OpenReadOnly(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Print(CaseVerdict verdict, long entries, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { intact = verdict.Altered.Count == 0, verdict, entries }, Json));
            return;
        }

        foreach (var row in verdict.Altered)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{row.Table} case={row.Case ?? "?"} seq={row.Seq} position={row.Position}: {row.What}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(verdict.Altered.Count == 0 ? "intact" : "ALTERED")}: {verdict.Events} events of {verdict.Cases} cases, {verdict.Erased} erased, {entries} entries of the ledger, head {verdict.Head}"));
    }
}
