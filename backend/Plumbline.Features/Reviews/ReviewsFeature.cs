using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Api;
using Plumbline.Features.Reviews.Blinding;
using Plumbline.Features.Reviews.Grains;
using Plumbline.Features.Reviews.PassRates;
using Plumbline.Features.Reviews.Subject;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews;

/// <summary>Blinded review: queues, turns, verdicts, agreement.</summary>
public static class ReviewsFeature
{
    /// <summary>Adds the slice. Needs the grain runtime, an object store, <see cref="TimeProvider"/>, Access and Traces.</summary>
    public static IServiceCollection AddReviews(this IServiceCollection services)
    {
        services.AddOptions<ReviewsOptions>();
        services.AddSingleton<ReviewQueueDirectory>();
        services.AddSingleton<IBlinding, BlindingRegistry>();
        services.AddSingleton<IBlindedItems, BlindedItems>();
        services.AddSingleton<IPendingTraces, PendingTraces>();
        services.AddSingleton<IJudgedSpans, JudgedSpans>();
        services.AddSingleton<IVerdicts, Verdicts>();
        services.AddSingleton<ITraceOpenings, TraceOpenings>();
        services.AddSingleton<ITraceHolder, HeldByQueues>();
        services.AddSingleton<ReviewedPrompts>();
        services.AddSingleton<IPromptPassRates, PromptPassRates>();
        services.AddSingleton<SubjectReader>();
        services.AddSingleton<ReviewGate>();
        services.AddSingleton<SpanSelection>();
        services.AddSingleton<INodeResolver, QueueNode>();
        services.AddSingleton<INodeResolver, ItemNode>();
        services.AddSingleton<INodeResolver, AssignmentNode>();
        services.AddSingleton<INodeResolver, ReviewItselfNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddReviews(this GraphQLBuilder graph) => graph
        .AddResolvers<ProjectReviewResolvers>()
        .AddResolvers<QueueResolvers>()
        .AddResolvers<ReviewInboxResolvers>()
        .AddResolvers<ReviewSubscriptions>()
        .AddResolvers<ItemResolvers>()
        .AddResolvers<ReviewResolvers>()
        .AddResolvers<ReviewerAgreementResolvers>()
        .AddResolvers<AssignmentResolvers>()
        .AddResolvers<TraceVerdictResolvers>()
        .AddResolvers<QueueMutations>()
        .AddResolvers<JoiningMutations>()
        .AddResolvers<ReviewMutations>()
        .AddResolvers<AdjudicationMutations>()
        .BindType<ReviewQueueView>("ReviewQueue")
        .BindType<ReviewItemView>("ReviewItem")
        .BindType<AssignmentView>("ReviewAssignment")
        .BindType<ReviewView>("Review")
        .BindMessageParts();
}
