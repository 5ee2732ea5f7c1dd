using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Tests.Execution;

namespace Plumbline.GraphQL.Tests.Binding;

/// <summary>What stops a start.</summary>
internal static class BindingErrors
{
    /// <summary>A sentence for each thing that does not fit; none when everything does.</summary>
    public static IReadOnlyList<string> Of(GraphQLBuilder builder, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        add?.Invoke(services);
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = new GraphQLEngine(builder, provider, GraphQLInstrumentsTests.Unheard(), NullLogger<ErrorMasking>.Instance);
            return [];
        }
        catch (GraphQLSchemaException refused)
        {
            return refused.Errors;
        }
    }
}
