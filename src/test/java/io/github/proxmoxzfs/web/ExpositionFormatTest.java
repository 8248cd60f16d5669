package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PROMETHEUS_TEXT   | ''
          PROMETHEUS_TEXT   | */*
          PROMETHEUS_TEXT   | text/plain
          PROMETHEUS_TEXT   | text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
          OPEN_METRICS_TEXT | application/openmetrics-text
          OPEN_METRICS_TEXT | application/openmetrics-text; version=1.0.0
          PROMETHEUS_TEXT   | application/openmetrics-text; version=2.0.0
          PROMETHEUS_TEXT   | application/openmetrics-text;q=0.2, text/plain;q=0.3
          PROMETHEUS_TEXT   | application/openmetrics-text;q=0
          PROMETHEUS_TEXT   | application/openmetrics-text;q=nonsense
          OPEN_METRICS_TEXT | application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1
          OPEN_METRICS_TEXT | application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2
          OPEN_METRICS_TEXT | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.3
          """)
  void theAcceptHeaderChooses(ExpositionFormat expected, String header) {
    assertThat(ExpositionFormat.accepted(header)).isEqualTo(expected);
  }
}
