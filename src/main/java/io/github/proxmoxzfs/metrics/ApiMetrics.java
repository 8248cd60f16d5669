package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the exporter does with the API of its clusters, and how their endpoints are. It belongs to
/// the process, so each series bears the cluster's name as `target`.
public final class ApiMetrics {
  private static final String PREFIX = "proxmox_zfs_exporter_";

  private ApiMetrics() {}

  /// The families.
  ///
  /// @param activities what was done, by the name of the cluster
  public static List<MetricSnapshot> of(Map<String, ApiActivity> activities) {
    return List.of(
        ofEndpoints(
            "endpoint_up",
            "Whether the endpoint answered when it was last asked (1) or not (0); absent for one"
                + " that was not asked yet.",
            activities,
            endpoint -> endpoint.up().map(ApiMetrics::truth)),
        ofEndpoints(
            "endpoint_certificate_expiry_timestamp_seconds",
            "When the certificate expires that the endpoint showed last, in seconds since the epoch.",
            activities,
            endpoint -> endpoint.certificateExpires().map(Seconds::ofEpoch)),
        ofEndpoints(
            "endpoint_tls_verified",
            "Whether the endpoint's certificate was verified and accepted (1) or not (0), refused or"
                + " not verified at all.",
            activities,
            endpoint -> endpoint.verified().map(ApiMetrics::truth)),
        counters(
            "api_requests",
            "Requests to the API by the status of their answers, or by the reason why there was"
                + " none.",
            "code",
            activities,
            ApiActivity::requests),
        durations(activities),
        counters(
            "logins",
            "Logins by their result: success, refused (the credential is wrong), or failed.",
            "result",
            activities,
            ApiActivity::logins));
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }

  private static GaugeSnapshot ofEndpoints(
      String name,
      String help,
      Map<String, ApiActivity> activities,
      Function<ApiActivity.Endpoint, Optional<Double>> value) {
    var family = GaugeSnapshot.builder();
    activities.forEach(
        (target, activity) ->
            activity
                .endpoints()
                .forEach(
                    endpoint ->
                        value
                            .apply(endpoint)
                            .ifPresent(
                                known ->
                                    family.dataPoint(
                                        new GaugeDataPointSnapshot(
                                            known,
                                            Labels.of(
                                                "target",
                                                target,
                                                "api_endpoint",
                                                endpoint.address()),
                                            null)))));
    return family.name(PREFIX + name).help(help).build();
  }

  private static CounterSnapshot counters(
      String name,
      String help,
      String label,
      Map<String, ApiActivity> activities,
      Function<ApiActivity, Map<String, Long>> counts) {
    var family = CounterSnapshot.builder();
    activities.forEach(
        (target, activity) ->
            counts
                .apply(activity)
                .forEach(
                    (value, count) ->
                        family.dataPoint(
                            CounterDataPointSnapshot.builder()
                                .value(count)
                                .labels(Labels.of("target", target, label, value))
                                .build())));
    return family.name(PREFIX + name).help(help).build();
  }

  private static HistogramSnapshot durations(Map<String, ApiActivity> activities) {
    var family = HistogramSnapshot.builder();
    activities.forEach(
        (target, activity) ->
            family.dataPoint(
                HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(buckets(activity.durations()))
                    .sum(activity.durations().sumSeconds())
                    .labels(Labels.of("target", target))
                    .build()));
    return family
        .name(PREFIX + "api_request_duration_seconds")
        .help("How long requests to the API took, those without an answer too, in seconds.")
        .build();
  }

  private static ClassicHistogramBuckets buckets(ApiActivity.Durations durations) {
    var bounds = new ArrayList<>(ApiActivity.Durations.BOUNDS_SECONDS);
    bounds.add(Double.POSITIVE_INFINITY);
    return ClassicHistogramBuckets.of(
        bounds, durations.counts().stream().map(Number.class::cast).toList());
  }
}
