using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Playground.Api;
using Plumbline.Features.Playground.Grains;
using Plumbline.Features.Playground.Models;
using Plumbline.Features.Playground.Providers;
using Plumbline.Features.Playground.Runs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground;

/// <summary>Model providers, and runs of prompts on them.</summary>
public static class PlaygroundFeature
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddPlayground(this IServiceCollection services)
    {
        services.AddOptions<PlaygroundOptions>();
        services.AddSingleton<ProviderSecrets>();
        services.AddSingleton<GuardedHttp>();
        services.AddSingleton<ProviderRepeats>();
        services.AddSingleton<OpenAiChatModel>();
        services.AddSingleton<DemoModel>();
        services.AddSingleton<ChatModels>();
        services.AddSingleton<RunGate>();
        services.AddSingleton<RunDirectory>();
        services.AddSingleton<RunRecorder>();
        services.AddSingleton<ITraceHolder, HeldByRuns>();
        services.AddSingleton<INodeResolver, ProviderNode>();
        services.AddSingleton<INodeResolver, RunNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddPlayground(this GraphQLBuilder graph) => graph
        .AddResolvers<ProjectProviderResolvers>()
        .AddResolvers<ProviderResolvers>()
        .AddResolvers<ProviderMutations>()
        .AddResolvers<RunMutations>()
        .AddResolvers<RunResolvers>()
        .AddResolvers<RunTraceResolvers>()
        .AddResolvers<RunSubscription>()
        .BindType<ModelProviderView>("ModelProvider")
        .BindType<PlaygroundRunView>("PlaygroundRun")
        .BindType<PlaygroundDelta>("PlaygroundDelta")
        .BindType<PlaygroundFinished>("PlaygroundFinished")
        .BindMessageParts();
}
