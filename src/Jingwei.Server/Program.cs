using System.CommandLine;
using Jingwei.Server.Cases;
using Jingwei.Server.Hosting;
using Jingwei.Server.Packs;
using Jingwei.Server.Reports;
using Jingwei.Server.Transparency;

// Exit code 2: the command line was not understood; 0 and 1 belong to what the commands found.
const int Usage = 2;
var parsed = new RootCommand("Jingwei (经纬): connects, identifies, records, judges, acts, proves and shows.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    PackCommand.Create(CaseTrial.Play),
    VerifyCommand.Create(LedgerCheck.Run),
    TextCommand.Create(),
}.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? Usage : exitCode;
