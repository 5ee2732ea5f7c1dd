using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts.Api;
using Plumbline.Features.Prompts.Diff;
using Plumbline.Features.Prompts.Templates;
using Plumbline.GraphQL;

namespace Plumbline.Features.Prompts;

/// <summary>Prompts, their versions and labels.</summary>
public static class PromptsFeature
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddPrompts(this IServiceCollection services)
    {
        services.AddOptions<PromptsOptions>();
        services.AddSingleton<IPromptTemplates, PromptTemplates>();
        services.AddSingleton<PromptGate>();
        services.AddScoped<DiffBudget>();
        services.AddSingleton<INodeResolver, PromptNode>();
        services.AddSingleton<INodeResolver, PromptVersionNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddPrompts(this GraphQLBuilder graph) => graph
        .AddResolvers<ProjectPromptResolvers>()
        .AddResolvers<PromptResolvers>()
        .AddResolvers<PromptLabelResolvers>()
        .AddResolvers<PromptVersionResolvers>()
        .AddResolvers<PromptMutations>()
        .BindType<PromptView>("Prompt")
        .BindType<PromptVersionView>("PromptVersion")
        .Cost("PromptVersion.diff", 20_000)
        .Cost("PromptVersion.passRate", 100);
}
