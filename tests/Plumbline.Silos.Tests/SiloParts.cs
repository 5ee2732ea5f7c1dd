using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;

namespace Plumbline.Silos.Tests;

/// <summary>Makes a silo of a test cluster more like one of the product before it is built: with the directory of grains that is spread
/// over the silos and loses a part with each, in place of one that outlives them; and with a table of members that can be cut
/// off.</summary>
internal sealed class SiloParts(Wire wire, bool lastingDirectory) : IServiceProviderFactory<IServiceCollection>
{
    public IServiceCollection CreateBuilder(IServiceCollection services)
    {
        if (!lastingDirectory) DropDirectory(services);
        var table = (IMembershipTable)services.Last(s => s.ServiceType == typeof(IMembershipTable)).ImplementationInstance!;
        services.AddSingleton(wire.Tie(table));
        services.AddSingleton(wire);
        return services;
    }

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();

    private static void DropDirectory(IServiceCollection services)
    {
        foreach (var shared in services.Where(IsSharedDirectory).ToArray()) services.Remove(shared);
    }

    // The directory, and the name by which it is found.
    private static bool IsSharedDirectory(ServiceDescriptor service) =>
        service.ServiceType == typeof(IGrainDirectory)
            || (service.ServiceType.IsGenericType && service.ServiceType.GetGenericArguments()[0] == typeof(IGrainDirectory));
}
