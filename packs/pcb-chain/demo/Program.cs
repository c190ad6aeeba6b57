using Jingwei.Demo;
using Jingwei.Demo.PcbChain;

return await new DemoProgram("a supply chain of printed-circuit boards").RunAsync(
    args, (_, start, journal) => new Demonstration(start, TimeProvider.System, journal).RunAsync);
