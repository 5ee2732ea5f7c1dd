namespace Plumbline.TraceStore.Tests.Store;

public sealed class StoreWarmUpTests
{
    [Fact]
    public async Task Run_AsksNothingInVain() => Assert.All(await StoreWarmUp.RunAsync(TestContext.Current.CancellationToken), found => Assert.True(found > 0));
}
