using System.CommandLine;
using Jingwei.Server.Cases;
using Jingwei.Server.Hosting;
using Jingwei.Server.Packs;

return await new RootCommand("Jingwei (经纬): connects, identifies, records, judges, acts, proves and shows.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    PackCommand.Create(),
    VerifyCommand.Create(),
}.Parse(args).InvokeAsync();
