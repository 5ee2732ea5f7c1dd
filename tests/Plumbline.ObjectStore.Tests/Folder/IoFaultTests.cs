using Plumbline.ObjectStore.Folder;

namespace Plumbline.ObjectStore.Tests.Folder;

public sealed class IoFaultTests
{
    [Fact]
    public void Unavailable_AfterTheChangeWasThere_IsUncertain() =>
        Assert.Equal(StorageFault.Uncertain, IoFaults.Unavailable("a", new UnconfirmedException(new IOException("The disk is gone."))).Fault);

    [Fact]
    public void Unavailable_BeforeIt_SaysWhy()
    {
        Assert.Equal(StorageFault.Full, IoFaults.Unavailable("a", new IOException("No space.", 28)).Fault);
        Assert.Equal(StorageFault.ReadOnly, IoFaults.Unavailable("a", new UnauthorizedAccessException()).Fault);
        Assert.Equal(StorageFault.Failed, IoFaults.Unavailable("a", new IOException("Something else.")).Fault);
    }
}
